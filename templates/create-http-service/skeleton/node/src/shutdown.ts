import type { Server as HttpServer } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/** How long a connection that carries no request may stay open once the listener is closed. */
const IDLE_LINGER_MS = 1_000;
const SWEEP_INTERVAL_MS = 100;
/** How long to go on accepting, should connections never stop coming. */
const MAX_ACCEPT_MS = 1_000;

export interface DrainOptions {
  delayMs: number;
  graceMs: number;
}

/**
 * Waits for a turn of the event loop without a new connection. Node accepts one in each turn, and
 * the kernel resets those that still wait when the listener closes.
 */
async function acceptWaiting(server: HttpServer): Promise<void> {
  const giveUp = Date.now() + MAX_ACCEPT_MS;
  let accepted = true;
  const note = () => (accepted = true);
  server.on('connection', note);
  while (accepted && Date.now() < giveUp) {
    accepted = false;
    await setImmediate();
  }
  server.off('connection', note);
}

/**
 * Prepares an HTTP server to be stopped without losing a request that reached it. Call the
 * result once every response carries `Connection: close`; it resolves to false when requests had
 * to be cut off.
 *
 * 1. Keep serving for `delayMs`: load balancers need a moment to withdraw the endpoint.
 * 2. Accept what waits in the kernel's queue, then close the listener.
 * 3. Wait for open requests. A connection that looks idle may have a request under way, so it
 *    is left open for a moment before it is closed.
 * 4. After `graceMs`, cut off what is left.
 */
export function prepareDrain(server: HttpServer): (options: DrainOptions) => Promise<boolean> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const closeIdle = () => {
    server.closeIdleConnections();
    // Node does not count a connection as idle on which nothing has been sent yet.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };

  return async ({ delayMs, graceMs }) => {
    await sleep(delayMs);
    await acceptWaiting(server);

    // http.Server.close() would also destroy idle connections at once, and with them any
    // request that is on the wire. The close of its parent class only stops listening.
    const closed = new Promise<void>((resolve) => {
      NetServer.prototype.close.call(server, () => {
        resolve();
      });
    });

    const deadline = Date.now() + graceMs;
    const lingerUntil = Math.min(Date.now() + IDLE_LINGER_MS, deadline);
    let complete = true;
    const sweep = setInterval(() => {
      if (Date.now() >= lingerUntil) closeIdle();
      if (Date.now() >= deadline && sockets.size > 0) {
        complete = false;
        server.closeAllConnections();
      }
    }, SWEEP_INTERVAL_MS);
    await closed;
    clearInterval(sweep);
    return complete;
  };
}
