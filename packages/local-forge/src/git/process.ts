import { ChildProcessByStdio, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { Readable, Writable } from 'node:stream';

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
  gitDir: string | undefined,
  args: readonly string[],
  env?: Record<string, string>,
): ChildProcessByStdio<Writable, Readable, Readable> {
  const location = gitDir ? [`--git-dir=${gitDir}`] : [];
  return spawn('git', [...location, ...args], {
    env: gitEnvironment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}
