import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './fail.mjs';
import { spawnGroup } from './spawnGroup.mjs';

/**
 * Runs a program to its end; resolves to its output.
 *
 * @param {{ cwd?: string, env?: object, uid?: number, gid?: number, log?: string, onLine?: (line: string) => void }} options
 *   `log` is a file that receives the output too
 * @throws an Error with `output` and `code` when it exits with anything but 0
 */
export async function runToEnd(command, args, options = {}) {
  const log = options.log ? await openLog(options.log) : undefined;
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, {
      cwd: options.cwd,
      uid: options.uid,
      gid: options.gid,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    const take = data => {
      chunks.push(data);
      log?.write(data);
      if (options.onLine) {
        const line = data.toString().trimEnd().split('\n').at(-1);
        if (line) options.onLine(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', code => {
      log?.end();
      const output = Buffer.concat(chunks).toString('utf8');
      if (code === 0) resolve(output);
      else {
        reject(
          Object.assign(new Error(`${command} ended with ${code}`), {
            code,
            output,
          }),
        );
      }
    });
  });
}

async function openLog(file) {
  await mkdir(dirname(file), { recursive: true });
  return createWriteStream(file);
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|getaddrinfo|RequestError|network timeout/;

/** One sentence for a failed npm or Yarn run. */
export function explainNpmFailure(error, what, log) {
  const output = error.output ?? '';
  const where = log ? ` Details: ${log}` : '';
  if (error.code === 'ENOENT') {
    return new UserError(
      `${what}: npm was not found beside Node; install Node together with npm.`,
    );
  }
  if (NETWORK.test(output)) {
    return new UserError(
      `${what}: the npm registry cannot be reached; check the network or the proxy and registry settings of npm, then run the same command again.${where}`,
    );
  }
  if (/EACCES|EPERM|EROFS|ENOSPC/.test(output)) {
    return new UserError(
      `${what}: a folder cannot be written or the disk is full.${where}`,
    );
  }
  const tail = output.trim().split('\n').slice(-12).join('\n');
  return new UserError(`${what}.${where}\n${tail}`);
}
