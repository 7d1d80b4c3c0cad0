import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './fail.mjs';
import { inState, root, toolchain } from './paths.mjs';
import { signalGroup } from './processGroup.mjs';
import { spawnGroup } from './spawnGroup.mjs';

const GRACE_MS = 8000;

/** A long-running child of the launcher, its output in a log file of its own. */
export class Service {
  #child;
  #exited;

  /**
   * @param {{ name: string, args: string[], env: object, cwd?: string, echo?: boolean | 'plain' }} options
   *   `args` are those of Node; what is echoed carries the name unless plain
   */
  static async start(options) {
    const log = inState('logs', `${options.name}.log`);
    await mkdir(inState('logs'), { recursive: true });
    return new Service(options, log);
  }

  constructor(options, log) {
    this.name = options.name;
    this.log = log;
    const sink = createWriteStream(log);
    this.#child = spawnGroup(process.execPath, options.args, {
      cwd: options.cwd ?? root,
      env: {
        // Compiled code of 3,000 modules is kept between starts.
        NODE_COMPILE_CACHE: join(toolchain, 'compile-cache'),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.pipe(sink, { end: false });
      if (options.echo) {
        stream.on('data', data =>
          process.stdout.write(
            options.echo === 'plain'
              ? data
              : data.toString().replace(/^(?=.)/gm, `[${options.name}] `),
          ),
        );
      }
    }
    this.#exited = new Promise(resolve => {
      this.#child.on('exit', (code, signal) => resolve({ code, signal }));
      this.#child.on('error', error => resolve({ error }));
    });
  }

  get pid() {
    return this.#child.pid;
  }

  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when the process has ended. */
  get exited() {
    return this.#exited;
  }

  /** Waits until `url` answers 200. */
  async ready(url, timeoutMs) {
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline) {
      if (!this.running) throw await this.failure();
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise(resolve => setTimeout(resolve, 400));
    }
    throw new UserError(
      `The ${this.name} did not become ready within ${
        timeoutMs / 1000
      } s. Its log: ${this.log}`,
    );
  }

  /** What to tell when it ended by itself. */
  async failure() {
    const { code, signal, error } = await this.#exited;
    const text = await readFile(this.log, 'utf8').catch(() => '');
    const tail = text.trim().split('\n').slice(-15).join('\n');
    return new UserError(
      `The ${this.name} stopped (${
        error?.message ?? signal ?? `exit ${code}`
      }). Its log: ${this.log}\n${tail}`,
    );
  }

  /** Asks it to stop, and insists after a grace period. */
  async stop() {
    if (!this.running) return;
    signalGroup(this.pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(this.pid, 'SIGKILL'), GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}
