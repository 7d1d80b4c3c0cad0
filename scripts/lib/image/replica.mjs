import { createWriteStream } from 'node:fs';
import { chown, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signalGroup } from '../processGroup.mjs';
import { spawnGroup } from '../spawnGroup.mjs';

/**
 * One container of the image, without a container engine: its command, in its
 * folder, as a user without privileges who can write to a temporary folder and
 * nowhere else, and with nothing on its path but Node.
 */
export class Replica {
  #child;
  #exited;
  #run;

  /**
   * @param {{ name: string, port: number, folder: string, node: string, image: object, user: { uid?: number, gid?: number }, env: object }} options
   */
  static async start(options) {
    const { name, folder, node, image, user, env, port, metricsPort } = options;
    const temporary = join(folder, name);
    await mkdir(temporary, { recursive: true });
    if (user.uid !== undefined) await chown(temporary, user.uid, user.gid);
    const run = command =>
      spawnGroup(node, command.slice(1), {
        ...user,
        cwd: image.app,
        env: {
          ...image.env,
          ...env,
          WAYMARK_PORT: String(port),
          WAYMARK_METRICS_PORT: String(metricsPort),
          HOME: temporary,
          TMPDIR: temporary,
          TECHDOCS_DIRECTORY: join(temporary, 'techdocs'),
          PATH: join(node, '..'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    return new Replica({ ...options, run, log: join(folder, `${name}.log`) });
  }

  constructor({ name, port, metricsPort, image, run, log }) {
    Object.assign(this, { name, port, log, url: `http://127.0.0.1:${port}` });
    this.metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    this.image = image;
    this.#run = run;
    this.#child = run(image.command);
    const sink = createWriteStream(log);
    this.#child.stdout.pipe(sink, { end: false });
    this.#child.stderr.pipe(sink, { end: false });
    this.#exited = new Promise(resolve => this.#child.on('exit', resolve));
  }

  get pid() {
    return this.#child.pid;
  }

  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  output() {
    return readFile(this.log, 'utf8');
  }

  /** Exit code of the image's own health check, run inside. */
  health() {
    const check = this.#run(this.image.health);
    return new Promise(resolve => check.on('exit', resolve));
  }

  async healthy(seconds) {
    const deadline = performance.now() + seconds * 1000;
    while ((await this.health()) !== 0) {
      if (!this.running || performance.now() > deadline) {
        const tail = (await this.output()).split('\n').slice(-15).join('\n');
        throw new Error(`${this.name} did not become healthy:\n${tail}`);
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  /** Without any chance to clean up. */
  async kill() {
    signalGroup(this.pid, 'SIGKILL');
    await this.#exited;
  }

  async stop() {
    if (!this.running) return undefined;
    const timer = setTimeout(() => signalGroup(this.pid, 'SIGKILL'), 60_000);
    signalGroup(this.pid, 'SIGTERM');
    const code = await this.#exited;
    clearTimeout(timer);
    return code;
  }
}
