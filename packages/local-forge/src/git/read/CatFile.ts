import { ChildProcessByStdio } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { spawnGit } from '../process';

/** What Git knows about an object name; `content` only in `batch` mode. */
export interface GitObject {
  sha: string;
  type: string;
  size: number;
  content?: Buffer;
}

type Mode = 'batch' | 'batch-check';
type Child = ChildProcessByStdio<Writable, Readable, Readable>;

interface Pending {
  resolve(object: GitObject | undefined): void;
  reject(error: Error): void;
}

const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/**
 * A long-lived `git cat-file`: one process answers many lookups in order, which spares a process start for each.
 *
 * It ends by itself after `idleMilliseconds`, and never keeps the Node process alive.
 */
export class CatFile {
  readonly #repository: string;
  readonly #mode: Mode;
  readonly #idleMilliseconds: number;
  #child?: Child;
  #idleTimer?: NodeJS.Timeout;
  #pending: Pending[] = [];
  #chunks: Buffer[] = [];
  #size = 0;
  #header?: GitObject;

  constructor(repository: string, mode: Mode, idleMilliseconds = 5_000) {
    this.#repository = repository;
    this.#mode = mode;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** Whether a lookup waits for its answer. */
  get busy(): boolean {
    return this.#pending.length > 0;
  }

  /** The object, or undefined when there is none. The name must not contain a line end. */
  async get(name: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) {
      throw new Error('An object name must not contain a line end');
    }
    const child = this.#ensureChild();
    return await new Promise<GitObject | undefined>((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#hold(child);
      child.stdin.write(`${name}\n`);
    });
  }

  /** Ends the process; the next lookup starts a new one. */
  close() {
    const child = this.#child;
    this.#reset(new Error('The Git object reader was closed'));
    child?.stdin.end();
  }

  #ensureChild(): Child {
    if (this.#child) {
      return this.#child;
    }
    const child = spawnGit(this.#repository, ['cat-file', `--${this.#mode}`]);
    this.#child = child;
    let stderr = '';
    child.stdin.on('error', () => {});
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-2_000);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.#child === child) {
        this.#chunks.push(chunk);
        this.#size += chunk.length;
        this.#drain();
      }
    });
    child.on('error', error => this.#childEnded(child, error));
    child.on('close', code =>
      this.#childEnded(
        child,
        new Error(`git cat-file ended with exit code ${code}: ${stderr}`),
      ),
    );
    return child;
  }

  #childEnded(child: Child, error: Error) {
    if (this.#child === child) {
      this.#reset(error);
    }
  }

  #reset(error: Error) {
    clearTimeout(this.#idleTimer);
    const pending = this.#pending;
    this.#child = undefined;
    this.#pending = [];
    this.#chunks = [];
    this.#size = 0;
    this.#header = undefined;
    for (const waiting of pending) {
      waiting.reject(error);
    }
  }

  #drain() {
    while (this.#pending.length > 0) {
      if (!this.#header && !this.#readHeader()) {
        return;
      }
      if (this.#header && !this.#readContent(this.#header)) {
        return;
      }
    }
    if (this.#child) {
      this.#release(this.#child);
    }
  }

  /** True when a whole header line was read: either an object begins or the lookup is answered. */
  #readHeader(): boolean {
    const buffer = this.#joined();
    const end = buffer.indexOf(0x0a);
    if (end < 0) {
      return false;
    }
    const line = buffer.toString('utf8', 0, end);
    this.#keep(buffer.subarray(end + 1));
    const match = HEADER.exec(line);
    if (!match) {
      this.#pending.shift()?.resolve(undefined);
      return true;
    }
    this.#header = { sha: match[1], type: match[2], size: Number(match[3]) };
    if (this.#mode === 'batch-check') {
      this.#pending.shift()?.resolve(this.#header);
      this.#header = undefined;
    }
    return true;
  }

  #readContent(header: GitObject): boolean {
    if (this.#size < header.size + 1) {
      return false;
    }
    const buffer = this.#joined();
    // A copy, so that a small blob does not keep a large read buffer in memory.
    const content = Buffer.from(buffer.subarray(0, header.size));
    this.#keep(buffer.subarray(header.size + 1));
    this.#header = undefined;
    this.#pending.shift()?.resolve({ ...header, content });
    return true;
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) {
      this.#chunks = [Buffer.concat(this.#chunks)];
    }
    return this.#chunks[0];
  }

  #keep(rest: Buffer) {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }

  #hold(child: Child) {
    clearTimeout(this.#idleTimer);
    child.ref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      (stream as Partial<{ ref(): void }>).ref?.();
    }
  }

  #release(child: Child) {
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      (stream as Partial<{ unref(): void }>).unref?.();
    }
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.close(), this.#idleMilliseconds);
    this.#idleTimer.unref();
  }
}
