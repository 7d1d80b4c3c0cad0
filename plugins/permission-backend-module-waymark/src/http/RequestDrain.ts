import { Server } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestHandler, Response } from 'express';

const POLL_MS = 50;

/**
 * Whether an answer has no end of its own: a WebSocket, a stream of events, or a long poll of Backstage's event bus, which
 * answers 202 and then says nothing for almost a minute. Whoever waits for these asks again elsewhere.
 */
function isSubscription(response: Response): boolean {
  const { req, headersSent, statusCode } = response;
  if (req.headers.upgrade !== undefined) return true;
  const type = String(response.getHeader('content-type'));
  return (
    req.method === 'GET' &&
    headersSent &&
    (statusCode === 202 || type.startsWith('text/event-stream'))
  );
}

/** Lets an HTTP server end in bounded time, without losing a request that has reached it. */
export class RequestDrain {
  readonly #open = new Set<Response>();
  readonly #connections = new Set<Socket>();
  #stopping = false;

  static create(server: Server): RequestDrain {
    const drain = new RequestDrain();
    // The server itself forgets connections that became WebSockets.
    server.on('connection', connection => {
      drain.#connections.add(connection);
      connection.once('close', () => drain.#connections.delete(connection));
    });
    return drain;
  }

  private constructor() {}

  /** To be used before everything else. */
  readonly middleware: RequestHandler = (_request, response, next) => {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    if (this.#stopping) response.set('connection', 'close');
    next();
  };

  /** From now on whoever gets an answer is told to connect anew, which by then leads to another replica. */
  announce(): void {
    this.#stopping = true;
  }

  /**
   * Resolves when every request has its answer, or after `timeoutMs`.
   *
   * @returns method and path of those that have none
   */
  async answered(timeoutMs: number): Promise<string[]> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const waiting = () =>
      [...this.#open].filter(response => !isSubscription(response));
    while (waiting().length > 0 && !timeout.aborted) await sleep(POLL_MS);
    return waiting().map(
      ({ req }) => `${req.method} ${req.baseUrl}${req.path}`,
    );
  }

  /** Ends what has no end of its own; what is left after `timeoutMs` is cut off. */
  async end(timeoutMs: number): Promise<void> {
    for (const response of [...this.#open].filter(isSubscription)) {
      const { socket } = response.req;
      // On what became a WebSocket there is no answer to end.
      if (response.headersSent) response.end(() => socket.destroySoon());
      else socket.destroySoon();
    }
    const timeout = AbortSignal.timeout(timeoutMs);
    while (this.#connections.size > 0 && !timeout.aborted) await sleep(POLL_MS);
    for (const connection of this.#connections) connection.destroy();
  }
}
