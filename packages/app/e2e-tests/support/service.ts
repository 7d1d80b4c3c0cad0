import { execFile, spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { freePort } from './launcher';

const run = promisify(execFile);
const MILLIS = 240_000;

type Language = 'go' | 'node';
type Command = readonly [string, ...string[]];

/** What the README of a service says, of each language. */
const COMMANDS: Record<Language, { tests: Command[]; start: Command[] }> = {
  go: {
    tests: [['go', 'test', './...']],
    start: [
      ['make', 'build'],
      ['sh', '-c', 'exec ./bin/*'],
    ],
  },
  node: {
    // npm is told where it works: inside of `npm test` it would believe to be here.
    tests: [
      ['npm', '--prefix', '.', 'ci', '--no-audit', '--no-fund'],
      ['npm', '--prefix', '.', 'test'],
    ],
    start: [
      ['npm', '--prefix', '.', 'run', 'build'],
      ['node', '--enable-source-maps', 'dist/main.js'],
    ],
  },
};

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return { ...process.env, NODE_ENV: undefined, PATH: path, ...more };
}

/** Why a service of this language cannot be tried on this machine, or undefined when it can. */
export async function toolProblem(language: Language) {
  const [program, ...args] =
    language === 'go' ? ['go', 'version'] : ['npm', '-v'];
  return run(program, args, { env: environment() }).then(
    () => undefined,
    () => `there is no ${program} on this machine`,
  );
}

/** Installs what the service in the folder needs, and runs its own tests. */
export async function runTests(language: Language, folder: string) {
  for (const [program, ...args] of COMMANDS[language].tests) {
    await run(program, args, {
      cwd: folder,
      env: environment(),
      timeout: MILLIS,
      maxBuffer: 64 * 1024 * 1024,
    }).catch(error => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
  }
}

/** Builds and starts the service in the folder, and ends it with SIGTERM when the work is done. */
export async function runService(
  language: Language,
  folder: string,
  work: (url: string) => Promise<void>,
) {
  const [build, [program, ...args]] = COMMANDS[language].start;
  await run(build[0], build.slice(1), { cwd: folder, env: environment() });
  const address = `127.0.0.1:${await freePort()}`;
  const service = spawn(program, args, {
    cwd: folder,
    env: environment({ HTTP_ADDRESS: address }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((done, fail) => {
    service.on('exit', done);
    service.on('error', fail);
  });
  try {
    await expect(async () => {
      const { status } = await fetch(`http://${address}/readyz`);
      expect(status).toBe(200);
    }).toPass({ timeout: 20_000, intervals: [100] });
    await work(`http://${address}`);
  } finally {
    service.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
}
