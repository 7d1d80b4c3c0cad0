import { ChildProcessByStdio, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';

/** The largest output a single command may give before it is stopped, in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60_000;

/** What a finished command gave. */
export interface GitOutput {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
  /** True when the output passed `maxBytes` and the command was stopped. */
  truncated: boolean;
}

/** Options of {@link runGit}. */
export interface RunGitOptions {
  /** The bare repository; absent for commands without one. */
  repository?: string;
  /** Exit codes that are an answer, not a failure; [0] when absent. */
  okCodes?: number[];
  /** Bytes of standard output after which the command is stopped and `truncated` set. */
  maxBytes?: number;
  env?: Record<string, string>;
}

/**
 * The environment of every Git process: the user's and the machine's configuration, hooks paths,
 * credential helpers and pagers must not change what the forge answers.
 */
export function gitEnvironment(
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.startsWith('GIT_')) {
      env[name] = value;
    }
  }
  return {
    ...env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // A path is a path, never a pattern such as `:(glob)**`.
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C.UTF-8',
    ...extra,
  };
}

/** Starts `git` without a shell on a bare repository. */
export function spawnGit(
  repository: string | undefined,
  args: string[],
  env?: Record<string, string>,
): ChildProcessByStdio<Writable, Readable, Readable> {
  const location = repository ? [`--git-dir=${repository}`] : [];
  return spawn('git', [...location, ...args], {
    env: gitEnvironment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Runs one Git command to its end and returns its output; rejects on an exit code not in `okCodes`. */
export async function runGit(
  args: string[],
  options: RunGitOptions = {},
): Promise<GitOutput> {
  const okCodes = options.okCodes ?? [0];
  const maxBytes = options.maxBytes ?? MAX_OUTPUT;
  const child = spawnGit(options.repository, args, options.env);
  child.stdin.on('error', () => {});
  child.stdin.end();

  return await new Promise<GitOutput>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let truncated = false;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, TIMEOUT_MILLISECONDS);

    child.stdout.on('data', (chunk: Buffer) => {
      if (truncated) {
        return;
      }
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) {
        truncated = true;
        child.kill('SIGKILL');
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 10_000) {
        stderr += chunk.toString('utf8');
      }
    });
    child.on('error', error => {
      clearTimeout(timer);
      reject(
        new ForwardedError(
          'Git could not be started; is it installed and on the PATH?',
          error,
        ),
      );
    });
    child.on('close', code => {
      clearTimeout(timer);
      const command = `git ${args[0]}`;
      if (timedOut) {
        reject(
          new ServiceUnavailableError(
            `${command} did not finish within ${TIMEOUT_MILLISECONDS / 1000} s`,
          ),
        );
      } else if (
        !truncated &&
        (typeof code !== 'number' || !okCodes.includes(code))
      ) {
        reject(
          new Error(`${command} failed with exit code ${code}: ${stderr}`),
        );
      } else {
        resolve({
          exitCode: code ?? 0,
          stdout: Buffer.concat(chunks),
          stderr,
          truncated,
        });
      }
    });
  });
}
