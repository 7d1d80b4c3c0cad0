import { GitFileDiff, GitFileStatus } from './types';

const RAW = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/;
const NUMSTAT = /^(\d+|-)\t(\d+|-)\t(.*)$/s;

const STATUS: Record<string, GitFileStatus> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

function hasTwoPaths(status: string): boolean {
  return status === 'R' || status === 'C';
}

/** Reads `git diff-tree --raw --numstat -z --no-abbrev`: first all raw records, then all counts. */
export function parseDiffSummary(output: Buffer): GitFileDiff[] {
  const tokens = output.toString('utf8').split('\0');
  const files: GitFileDiff[] = [];
  let index = 0;
  for (; index < tokens.length; index++) {
    const match = RAW.exec(tokens[index]);
    if (!match) {
      break;
    }
    const [, oldMode, newMode, oldSha, newSha, letter] = match;
    const status = STATUS[letter] ?? 'changed';
    const previousPath = hasTwoPaths(letter) ? tokens[++index] : undefined;
    const removed = status === 'removed';
    files.push({
      path: tokens[++index],
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      additions: 0,
      deletions: 0,
      binary: false,
      sha: removed ? oldSha : newSha,
      mode: removed ? oldMode : newMode,
      patchTooLarge: false,
    });
  }
  const byPath = new Map(files.map(file => [file.path, file]));
  for (; index < tokens.length; index++) {
    const match = NUMSTAT.exec(tokens[index]);
    if (!match) {
      continue;
    }
    const [, additions, deletions] = match;
    // A rename has an empty path here, then the old and the new one as tokens of their own.
    const path = match[3] === '' ? tokens[(index += 2)] : match[3];
    const file = byPath.get(path);
    if (file) {
      file.binary = additions === '-';
      file.additions = file.binary ? 0 : Number(additions);
      file.deletions = file.binary ? 0 : Number(deletions);
    }
  }
  return files;
}

function hunksOf(section: string): string | undefined {
  const start = section.indexOf('\n@@ ');
  return start < 0 ? undefined : section.slice(start + 1).replace(/\n$/, '');
}

/**
 * Adds the hunks of `git diff-tree -p` to the files of the same comparison.
 *
 * Sections come in the order of the raw records, so no path has to be read from the quoted headers. In a
 * unified diff every content line starts with ' ', '+', '-' or '\', hence `diff --git` after a line feed
 * is always a header. (`^` with the `m` flag would also match after a carriage return inside a line.)
 */
export function addPatches(
  files: GitFileDiff[],
  output: Buffer,
  options: { maxPatchBytes: number; truncated: boolean },
) {
  const sections = output
    .toString('utf8')
    .split(/(?<=\n)(?=diff --git )/)
    .filter(section => section.startsWith('diff --git '));
  if (options.truncated) {
    // The last one may be cut in the middle.
    sections.pop();
  }
  let index = 0;
  for (const file of files) {
    // Git shows a change of type (file to symbolic link) as a removal and an addition.
    const count = file.status === 'changed' ? 2 : 1;
    const own = sections.slice(index, index + count);
    index += count;
    if (own.length < count) {
      file.patchTooLarge = true;
      continue;
    }
    const patch = own
      .map(hunksOf)
      .filter(hunks => hunks !== undefined)
      .join('\n');
    if (Buffer.byteLength(patch) > options.maxPatchBytes) {
      file.patchTooLarge = true;
    } else if (patch !== '') {
      file.patch = patch;
    }
  }
}
