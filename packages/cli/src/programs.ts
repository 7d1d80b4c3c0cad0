import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** How a program ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const SUFFIXES = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];

/** Whether a program is on the path. */
export async function isInstalled(name: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const suffix of SUFFIXES) {
      try {
        await access(join(folder, name + suffix), constants.X_OK);
        return true;
      } catch {
        // Not in this folder.
      }
    }
  }
  return false;
}

/**
 * Runs a program to its end, whatever that is.
 *
 * @throws Error when it cannot be started, is ended by a signal, or takes longer than `seconds`
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: {
    cwd: string;
    input?: string;
    env?: NodeJS.ProcessEnv;
    seconds?: number;
  },
): Promise<Ended> {
  const { cwd, input, env = process.env, seconds = 120 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', text => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output.stderr += text;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code !== null) return;
      // What it has started may live on and hold its output open: that must not hold us.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(
        new Error(
          child.killed
            ? `${command} did not end within ${seconds} s`
            : `${command} was ended by ${signal}`,
        ),
      );
    });
    child.on('close', code => {
      if (code !== null) resolve({ code, ...output });
    });
    // A program that ends without reading it is judged by its end.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}
