import { dirname } from 'node:path/posix';

/** Folders that hold what others have written. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|\.terraform)\//;

/** Whether a path lies in a folder; the root is the empty string. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Whether a file was written by others and only copied into the repository. */
export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}

/** A folder and those above it, up to the root (the empty string). */
export function upwards(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

/** The folder that a path lies in; the empty string for the root. */
export function folderOf(path: string): string {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
}
