import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { gitText } from './git/runGit';

/** A condition that keeps the forge from starting; its message says what to do. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}

/** `git merge-tree --write-tree` came with this version. */
const OLDEST_GIT = [2, 38] as const;

/**
 * @throws StartError in production, or for an address that others could reach:
 * the forge lets whoever holds its token act as anybody.
 */
export function refuseProduction(options: {
  nodeEnv: string | undefined;
  host: string;
}): void {
  if (options.nodeEnv === 'production') {
    throw new StartError(
      'The local forge is for development and tests only: with NODE_ENV=production, configure a real GitHub integration instead.',
    );
  }
  if (options.host !== '127.0.0.1') {
    throw new StartError(
      `The local forge listens on 127.0.0.1 only, not on ${options.host}: remove the host setting.`,
    );
  }
}

/** @throws StartError when Git is missing or too old. */
export async function requireGit(): Promise<void> {
  const wanted = OLDEST_GIT.join('.');
  let text: string;
  try {
    text = await gitText(['--version']);
  } catch {
    throw new StartError(
      `The local forge needs Git ${wanted} or newer, and found none: install Git and start again.`,
    );
  }
  const match = /(\d+)\.(\d+)/.exec(text);
  const [major, minor] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  if (
    major < OLDEST_GIT[0] ||
    (major === OLDEST_GIT[0] && minor < OLDEST_GIT[1])
  ) {
    throw new StartError(
      `The local forge needs Git ${wanted} or newer, and found ${major}.${minor}: update Git and start again.`,
    );
  }
}

/** Makes the data folder. @throws StartError when it cannot be written. */
export async function requireDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK);
  } catch {
    throw new StartError(
      `The forge cannot write to ${directory}: make the folder writable, or name another one in WAYMARK_FORGE_DATA.`,
    );
  }
}

/** A random secret that is made once and kept in a file only its owner reads. */
export async function secretFile(
  directory: string,
  name: string,
): Promise<string> {
  const file = join(directory, name);
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    // Restored from a backup, the file may have lost its mode.
    await chmod(file, 0o600);
  }
  return (await readFile(file, 'utf8')).trim();
}
