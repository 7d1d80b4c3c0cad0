import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import { spawnGit } from './process';

/** The most that a command may give unless its caller says otherwise, in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const MAX_MESSAGES = 10_000;
const TIMEOUT_MILLISECONDS = 60_000;

/** Outcome of a git process that ended. */
export interface GitOutcome {
  code: number;
  stdout: Buffer;
  stderr: string;
  /** The output passed `maxBytes`, and the command was stopped. */
  truncated: boolean;
}

/** Options of {@link runGit}. */
export interface RunGitOptions {
  /** The bare repository; omitted for commands that need none. */
  gitDir?: string;
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Exit codes besides 0 that are an answer, not an error. */
  acceptedCodes?: readonly number[];
  /** Bytes of output after which the command is stopped and `truncated` set. */
  maxBytes?: number;
  timeLimitMilliseconds?: number;
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
 * Runs a git command to its end and collects its output.
 *
 * @throws {@link GitCommandError} when the exit code is neither 0 nor accepted;
 * ServiceUnavailableError when it takes longer than a minute, or gives more than
 * 64 MiB to a caller that did not set `maxBytes`.
 */
export async function runGit(
  args: readonly string[],
  options: RunGitOptions = {},
): Promise<GitOutcome> {
  const command = `git ${args[0]}`;
  const timeLimit = options.timeLimitMilliseconds ?? TIMEOUT_MILLISECONDS;
  const maxBytes = options.maxBytes ?? MAX_OUTPUT;
  const child = spawnGit(options.gitDir, args, options.env);
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  let stopped: 'late' | 'large' | undefined;
  const stop = (reason: 'late' | 'large') => {
    stopped ??= reason;
    child.kill('SIGKILL');
    // What it started itself may live on, and must not keep us waiting.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => stop('late'), timeLimit);
  child.stdout.on('data', (chunk: Buffer) => {
    if (!stopped) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) {
        stop('large');
      }
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MAX_MESSAGES) {
      stderr += chunk.toString('utf8');
    }
  });
  // A command that refuses early closes its input: the exit code tells why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', error =>
      reject(
        new ForwardedError(
          'Git could not be started; is it installed and on the PATH?',
          error,
        ),
      ),
    );
    // Ended by a signal, it has no code: nobody accepts that as an answer.
    child.on('close', status => resolve(status ?? -1));
  }).finally(() => clearTimeout(timer));

  if (stopped === 'late') {
    throw new ServiceUnavailableError(
      `${command} did not finish within ${timeLimit / 1000} s`,
    );
  }
  const truncated = stopped === 'large';
  if (truncated && options.maxBytes === undefined) {
    throw new ServiceUnavailableError(
      `${command} gave more than ${MAX_OUTPUT} bytes`,
    );
  }
  const outcome: GitOutcome = {
    code: truncated ? 0 : code,
    stdout: Buffer.concat(chunks),
    stderr,
    truncated,
  };
  if (outcome.code !== 0 && !options.acceptedCodes?.includes(outcome.code)) {
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
