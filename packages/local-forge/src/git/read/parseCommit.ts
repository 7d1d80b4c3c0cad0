import { GitCommit, GitPerson } from './types';

const PERSON = /^(.*?) ?<([^>]*)> (-?\d+) ([+-]\d{4})$/;

/** Seconds since 1970 as ISO 8601 in UTC, without milliseconds, as GitHub writes instants. */
export function isoFromSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function decode(content: Buffer, encoding: string | undefined): string {
  if (encoding) {
    try {
      return new TextDecoder(encoding).decode(content);
    } catch {
      // An encoding this runtime does not know: UTF-8 with replacement characters is the best that is left.
    }
  }
  return content.toString('utf8');
}

function parsePerson(value: string | undefined): GitPerson {
  const match = PERSON.exec(value ?? '');
  if (!match) {
    return { name: value ?? '', email: '', date: isoFromSeconds(0) };
  }
  return {
    name: match[1],
    email: match[2],
    date: isoFromSeconds(Number(match[3])),
  };
}

/** Reads a commit object as `git cat-file commit` prints it. */
export function parseCommit(sha: string, content: Buffer): GitCommit {
  const split = content.indexOf('\n\n');
  const head = split < 0 ? content : content.subarray(0, split);
  const body = split < 0 ? Buffer.alloc(0) : content.subarray(split + 2);
  const encoding = /\nencoding ([^\n]+)/.exec(head.toString('latin1'))?.[1];

  const parents: string[] = [];
  const headers = new Map<string, string>();
  for (const line of decode(head, encoding).split('\n')) {
    const space = line.indexOf(' ');
    // A line that starts with a space continues a signature, which nobody here reads.
    if (space <= 0) {
      continue;
    }
    const key = line.slice(0, space);
    const value = line.slice(space + 1);
    if (key === 'parent') {
      parents.push(value);
    } else if (!headers.has(key)) {
      headers.set(key, value);
    }
  }
  return {
    sha,
    tree: headers.get('tree') ?? '',
    parents,
    author: parsePerson(headers.get('author')),
    committer: parsePerson(headers.get('committer')),
    message: decode(body, encoding).replace(/\n+$/, ''),
  };
}
