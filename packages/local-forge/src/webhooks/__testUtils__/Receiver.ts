import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

export interface Received {
  event: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: any;
  path: string;
}

/** A portal: answers what it is told to, and keeps what it accepts. */
export class Receiver {
  readonly received: Received[] = [];
  answer: (delivery: Received) => number = () => 202;
  #server?: Server;

  async listen(port = 0): Promise<number> {
    this.#server = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => (text += chunk));
      request.on('end', () => {
        const delivery = {
          event: String(request.headers['x-github-event']),
          headers: request.headers,
          text,
          body: JSON.parse(text),
          path: request.url ?? '',
        };
        response.statusCode = this.answer(delivery);
        if (response.statusCode < 300) {
          this.received.push(delivery);
        }
        response.end();
      });
    });
    await new Promise<void>(resolve =>
      this.#server!.listen(port, '127.0.0.1', resolve),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }

  events(): string[] {
    return this.received.map(({ event, body }) =>
      body.action ? `${event}.${body.action}` : event,
    );
  }

  /** Waits for what deliveries bring about. */
  async until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited += 10) {
      if (waited > 10_000) {
        throw new Error(`Received only ${this.events().join(', ')}`);
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
}
