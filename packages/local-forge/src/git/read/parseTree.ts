import { GitEntryType, GitTreeEntry } from './types';

const ENTRY = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40,64}) +(\d+|-)$/;

function entryType(mode: string, type: string): GitEntryType {
  if (mode === '120000') {
    return 'symlink';
  }
  return type as GitEntryType;
}

/** Reads the output of `git ls-tree -z -l`; `folder` is put before each path. */
export function parseTree(output: Buffer, folder: string): GitTreeEntry[] {
  const entries: GitTreeEntry[] = [];
  for (const record of output.toString('utf8').split('\0')) {
    const tab = record.indexOf('\t');
    const match = tab < 0 ? undefined : ENTRY.exec(record.slice(0, tab));
    if (!match) {
      continue;
    }
    const relative = record.slice(tab + 1);
    const [, mode, type, sha, size] = match;
    entries.push({
      path: folder ? `${folder}/${relative}` : relative,
      name: relative.slice(relative.lastIndexOf('/') + 1),
      type: entryType(mode, type),
      mode,
      sha,
      ...(size === '-' ? {} : { size: Number(size) }),
    });
  }
  return entries;
}
