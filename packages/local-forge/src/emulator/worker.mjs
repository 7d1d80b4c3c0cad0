/**
 * The worker thread that holds the emulator of GitHub's social data.
 *
 * The clock of this thread is set by the gateway for every write, so that a
 * replay of the journal makes the same ids and instants again.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const SystemDate = Date;
let frozenAt;

class SettableDate extends SystemDate {
  constructor(...args) {
    if (args.length === 0 && frozenAt !== undefined) {
      super(frozenAt);
    } else {
      super(...args);
    }
  }

  static now() {
    return frozenAt ?? SystemDate.now();
  }
}
// An assignment would tell the type checker that there are two types of Date.
Object.assign(globalThis, { Date: SettableDate });

// The emulator reports the public URL it is told, not the port it got: watch it
// listen.
let server;
const createServer = http.createServer;
http.createServer = (...args) => {
  server = createServer(...args);
  return server;
};
syncBuiltinESMExports();
const { createEmulator } = await import('emulate');

// What the seed makes is as old as the seed, at every start.
frozenAt = workerData.seedAt;
const emulator = await createEmulator({
  service: 'github',
  port: 0,
  hostname: '127.0.0.1',
  baseUrl: workerData.baseUrl,
  seed: { tokens: workerData.tokens, github: workerData.seed },
});
frozenAt = undefined;
const { port } = server.address();
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

function send({ method, path, token, body }) {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          ...(payload === undefined
            ? {}
            : {
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(payload),
              }),
        },
      },
      response => {
        const chunks = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            link: response.headers.link,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

let writes = Promise.resolve();

async function handle(request) {
  if (request.at === undefined) {
    return await send(request);
  }
  const result = writes.then(async () => {
    frozenAt = request.at;
    try {
      return await send(request);
    } finally {
      frozenAt = undefined;
    }
  });
  writes = result.catch(() => undefined);
  return await result;
}

parentPort.on('message', async message => {
  if (message.type === 'close') {
    agent.destroy();
    await emulator.close();
    parentPort.close();
    return;
  }
  try {
    parentPort.postMessage({
      id: message.id,
      answer: await handle(message.request),
    });
  } catch (error) {
    parentPort.postMessage({ id: message.id, error: String(error) });
  }
});
parentPort.postMessage({ type: 'ready' });
