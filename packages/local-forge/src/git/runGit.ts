import { spawnGit } from './read/runGit';

/** Outcome of a git process that ended. */
export interface GitOutcome {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** Options of {@link runGit}. */
export interface RunGitOptions {
  /** The bare repository; omitted for commands that need none. */
  gitDir?: string;
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Exit codes besides 0 that are an answer, not an error. */
  acceptedCodes?: number[];
}

/** A git process that ended with an exit code its caller did not expect. */
export class GitCommandError extends Error {
  readonly code: number;
  readonly stderr: string;

  constructor(args: readonly string[], outcome: GitOutcome) {
    const line = outcome.stderr.trim().split('\n').pop() ?? '';
    super(`git ${args[0]} ended with code ${outcome.code}: ${line}`);
    this.name = 'GitCommandError';
    this.code = outcome.code;
    this.stderr = outcome.stderr;
  }
}

/**
 * Runs a git command that takes input or writes, and collects its output.
 * Commands that only read go through the reader in `git/read`.
 *
 * @throws {@link GitCommandError} when the exit code is neither 0 nor accepted.
 */
export async function runGit(
  args: readonly string[],
  options: RunGitOptions = {},
): Promise<GitOutcome> {
  const child = spawnGit(options.gitDir, [...args], options.env);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', chunk => stdout.push(chunk));
  child.stderr.on('data', chunk => stderr.push(chunk));
  // A command that refuses early closes its input: the exit code tells why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', status => resolve(status ?? 1));
  });
  const outcome: GitOutcome = {
    code,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString('utf8'),
  };
  if (code !== 0 && !options.acceptedCodes?.includes(code)) {
    throw new GitCommandError(args, outcome);
  }
  return outcome;
}

/** {@link runGit} for commands whose answer is one trimmed text. */
export async function gitText(
  args: readonly string[],
  options: RunGitOptions = {},
): Promise<string> {
  const { stdout } = await runGit(args, options);
  return stdout.toString('utf8').trim();
}
