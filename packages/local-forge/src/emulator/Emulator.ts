import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { completeUsers } from './completeUsers';

/** Users and organisations that exist before the first request. */
export interface EmulatorSeed {
  users: { login: string; name?: string; email?: string; bio?: string }[];
  orgs: {
    login: string;
    name?: string;
    description?: string;
    members: { login: string; role: 'admin' | 'member' }[];
  }[];
}

/** A request to the emulator. `at` is set for writes only. */
export interface EmulatorRequest {
  method: string;
  /** Path with query, e.g. `/repos/acme/x/pulls?state=all`. */
  path: string;
  /** Login of the acting user. */
  actor: string;
  body?: unknown;
  /** The instant of the write, in milliseconds since the epoch. */
  at?: number;
}

/** The emulator's answer; `body` is undefined when it sent none. */
export interface EmulatorAnswer {
  status: number;
  body: unknown;
  link?: string;
}

interface WireAnswer {
  status: number;
  text: string;
  link?: string;
}

/**
 * The emulator counts 5,000 requests an hour per token, which a portal that is
 * its only caller uses up; so each user has many tokens, taken in turn.
 */
const TOKENS_PER_USER = 200;

/** Talks to the emulator of GitHub's social data in its worker thread. */
export class Emulator {
  readonly #worker: Worker;
  readonly #secret: string;
  readonly #logins: ReadonlySet<string>;
  readonly #pending = new Map<
    number,
    { resolve(answer: WireAnswer): void; reject(error: Error): void }
  >();
  #nextId = 1;
  #turn = 0;
  #closed = false;

  private constructor(worker: Worker, secret: string, logins: Set<string>) {
    this.#worker = worker;
    this.#secret = secret;
    this.#logins = logins;
  }

  /** Starts the worker; `baseUrl` is what the emulator writes into its links. */
  static async start(options: {
    baseUrl: string;
    seed: EmulatorSeed;
    /** The instant that the seed's users and organisations were made at. */
    seedAt: Date;
  }): Promise<Emulator> {
    const secret = randomBytes(24).toString('base64url');
    const logins = new Set(options.seed.users.map(user => user.login));
    const tokens: Record<string, { login: string }> = {};
    for (const login of logins) {
      for (let turn = 0; turn < TOKENS_PER_USER; turn++) {
        tokens[`${secret}.${login}.${turn}`] = { login };
      }
    }
    const worker = new Worker(require.resolve('./worker.mjs'), {
      workerData: {
        baseUrl: options.baseUrl,
        seed: options.seed,
        seedAt: options.seedAt.getTime(),
        tokens,
      },
      // Options of the parent (a TypeScript loader) are not for this thread.
      execArgv: [],
    });
    const emulator = new Emulator(worker, secret, logins);
    await emulator.#ready();
    return emulator;
  }

  hasUser(login: string): boolean {
    return this.#logins.has(login);
  }

  async send(request: EmulatorRequest): Promise<EmulatorAnswer> {
    if (this.#closed) {
      throw new Error('The forge is stopping');
    }
    const id = this.#nextId++;
    this.#turn = (this.#turn + 1) % TOKENS_PER_USER;
    const answer = await new Promise<WireAnswer>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({
        id,
        request: {
          method: request.method,
          path: request.path,
          body: request.body,
          at: request.at,
          token: `${this.#secret}.${request.actor}.${this.#turn}`,
        },
      });
    });
    return {
      status: answer.status,
      link: answer.link,
      body: completeUsers(parseBody(answer.text)),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ended = new Promise<void>(resolve =>
      this.#worker.once('exit', () => resolve()),
    );
    this.#worker.postMessage({ type: 'close' });
    const patience = setTimeout(() => this.#worker.terminate(), 2_000);
    await ended;
    clearTimeout(patience);
  }

  async #ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#worker.once('error', reject);
      this.#worker.on('message', message => {
        if (message.type === 'ready') {
          resolve();
          return;
        }
        const waiting = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (message.error) {
          waiting?.reject(new Error(message.error));
        } else {
          waiting?.resolve(message.answer);
        }
      });
    });
    this.#worker.on('error', error => this.#failAll(error));
    this.#worker.on('exit', () => {
      // Nobody would answer what is sent from here on.
      this.#closed = true;
      this.#failAll(new Error('The emulator stopped'));
    });
  }

  #failAll(error: unknown): void {
    for (const waiting of this.#pending.values()) {
      waiting.reject(error instanceof Error ? error : new Error(String(error)));
    }
    this.#pending.clear();
  }
}

function parseBody(text: string): unknown {
  if (!text) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
