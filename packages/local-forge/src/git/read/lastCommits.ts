import { spawnGit } from '../process';

const RAW = /^:\d{6} \d{6} /;
const COMMIT = /^\n?commit ([0-9a-f]{40,64})$/;

/**
 * The newest commit that touched each of the names directly below `folder`.
 *
 * Walks the history once, newest first, and stops when every name is found or after `maxCommits`
 * commits: names not touched within them are absent from the result.
 */
export async function findLastCommits(
  repository: string,
  options: {
    commit: string;
    folder: string;
    names: string[];
    maxCommits: number;
  },
): Promise<Map<string, string>> {
  const wanted = new Set(options.names);
  const found = new Map<string, string>();
  if (wanted.size === 0) {
    return found;
  }
  const prefix = options.folder ? `${options.folder}/` : '';
  const child = spawnGit(repository, [
    'log',
    '-z',
    '--raw',
    '--no-renames',
    '--no-ext-diff',
    '--format=tformat:commit %H',
    `--max-count=${options.maxCommits}`,
    options.commit,
    ...(options.folder ? ['--', options.folder] : []),
  ]);
  child.stdin.on('error', () => {});
  child.stdin.end();

  return await new Promise((resolve, reject) => {
    let rest = '';
    let commit = '';
    let pathFollows = false;
    let stderr = '';

    const take = (token: string) => {
      if (pathFollows) {
        pathFollows = false;
        const name = token.slice(prefix.length).split('/')[0];
        if (token.startsWith(prefix) && wanted.delete(name)) {
          found.set(name, commit);
        }
      } else if (RAW.test(token.replace(/^\n/, ''))) {
        pathFollows = true;
      } else {
        commit = COMMIT.exec(token)?.[1] ?? commit;
      }
    };

    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      const tokens = (rest + text).split('\0');
      rest = tokens.pop() ?? '';
      for (const token of tokens) {
        take(token);
      }
      if (wanted.size === 0) {
        child.kill('SIGKILL');
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0 || wanted.size === 0) {
        resolve(found);
      } else {
        reject(new Error(`git log failed with exit code ${code}: ${stderr}`));
      }
    });
  });
}
