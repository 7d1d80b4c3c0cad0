import {
  coreServices,
  RootHttpRouterService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import { Router } from 'express';
import { Agent, get, IncomingMessage } from 'node:http';
import { AddressInfo, connect, createServer, Socket } from 'node:net';
import { guardedRootHttpRouterServiceFactory } from './rootHttpRouter';

jest.setTimeout(30_000);

const DELAY_MS = 300;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}

type StoppableLifecycle = RootLifecycleService & {
  startup(): Promise<void>;
  beforeShutdown(): Promise<void>;
  shutdown(): Promise<void>;
};

/** The portal's HTTP server on a port of its own, with Backstage's own lifecycle around it. */
async function startServer(routes: Router) {
  const port = await freePort();
  const tester = ServiceFactoryTester.from(
    guardedRootHttpRouterServiceFactory,
    {
      dependencies: [
        mockServices.rootConfig.factory({
          data: {
            backend: {
              listen: { host: '127.0.0.1', port },
              lifecycle: { serverShutdownDelay: { milliseconds: DELAY_MS } },
            },
          },
        }),
      ],
    },
  );
  const router: RootHttpRouterService = await tester.getSubject();
  router.use('/test', routes);
  const lifecycle = (await tester.getService(
    coreServices.rootLifecycle,
  )) as StoppableLifecycle;
  await lifecycle.startup();
  let plugins: 'work' | 'are gone' = 'work';
  return {
    url: `http://127.0.0.1:${port}/test`,
    port,
    plugins: () => plugins,
    /** As Backstage does on SIGTERM; resolves to the milliseconds that it took. */
    async stop() {
      const started = performance.now();
      await lifecycle.beforeShutdown();
      plugins = 'are gone';
      await lifecycle.shutdown();
      return performance.now() - started;
    },
  };
}

/** The answer as soon as its head is there, on a connection that the client would keep. */
const open = (url: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: new Agent({ keepAlive: true }) }, resolve).on(
      'error',
      reject,
    );
  });

const openSocket = (url: string) =>
  new Promise<Socket>((resolve, reject) => {
    get(url, { headers: { connection: 'Upgrade', upgrade: 'websocket' } })
      .on('upgrade', (_answer, socket) => resolve(socket.resume() as Socket))
      .on('error', reject);
  });

const endOf = (answer: IncomingMessage) =>
  new Promise<string>((resolve, reject) => {
    let text = '';
    answer.on('data', data => {
      text += data;
    });
    answer.on('end', () => resolve(text));
    answer.on('error', reject);
  });

describe('the HTTP server at shutdown', () => {
  it('answers what has reached it while plugins still work, and bids clients to connect elsewhere', async () => {
    const routes = Router();
    const server = await startServer(routes);
    routes.get('/slow', (_request, response) => {
      setTimeout(() => response.send(server.plugins()), 3 * DELAY_MS);
    });
    routes.get('/streamed', (_request, response) => {
      response.write('plugins ');
      setTimeout(() => response.end(server.plugins()), 3 * DELAY_MS);
    });
    const slow = open(`${server.url}/slow`);
    const streamed = await open(`${server.url}/streamed`);
    const stopped = server.stop();

    const late = await open(`${server.url}/slow`);
    expect(late.headers.connection).toBe('close');
    expect(await endOf(late)).toBe('work');
    expect(await endOf(await slow)).toBe('work');
    expect(await endOf(streamed)).toBe('plugins work');
    expect(await stopped).toBeLessThan(5_000);
    await expect(fetch(`${server.url}/slow`)).rejects.toThrow('fetch failed');
  });

  it('waits neither for subscriptions nor for long polls nor for WebSockets, and ends them', async () => {
    const routes = Router();
    routes.get('/events', (_request, response) => {
      response.type('text/event-stream').write('data: first\n\n');
    });
    routes.get('/poll', (_request, response) => {
      response.status(202).flushHeaders();
    });
    // As the signals plugin takes over the first WebSocket: past Express.
    routes.get('/socket', ({ socket }) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
    });
    const server = await startServer(routes);
    const socket = await openSocket(`${server.url}/socket`);
    const answers = await Promise.all(
      ['/events', '/poll'].map(path => open(server.url + path)),
    );
    const ends = Promise.all(answers.map(endOf));
    const closed = new Promise(resolve => socket.once('close', resolve));
    expect(await server.stop()).toBeLessThan(DELAY_MS + 2_000);
    expect(await ends).toEqual(['data: first\n\n', '']);
    await closed;
  });

  it('cuts off connections that say nothing', async () => {
    const server = await startServer(Router());
    const socket = connect(server.port, '127.0.0.1');
    await new Promise(resolve => socket.once('connect', resolve));
    const closed = new Promise(resolve => socket.once('close', resolve));
    socket.write('GET / HTTP/1.1\r\n');
    expect(await server.stop()).toBeLessThan(DELAY_MS + 3_000);
    await closed;
  });
});
