import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareRepositories } from '../BareRepositories';
import { serveSmartHttp } from './smartHttp';

let root: string;
let server: Server;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waymark-smart-http-'));
  await new BareRepositories(root).create('acme', 'slow', 'main');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

it('stops a push whose client sends nothing, so that others get their turn', async () => {
  let served: Promise<void> | undefined;
  server = createServer((incoming, response) => {
    served = serveSmartHttp({
      request: incoming,
      response,
      root,
      repository: 'acme/slow.git',
      service: 'git-receive-pack',
      query: '',
      actor: 'mina',
      timeLimitMilliseconds: 200,
    }).then(() => void response.end());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const status = await new Promise(resolve => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        headers: {
          'content-type': 'application/x-git-receive-pack-request',
          'content-length': 1_000,
        },
      },
      response => resolve(response.statusCode),
    );
    call.on('error', () => undefined);
    call.write('0000');
  });
  expect(status).toBe(503);
  await served;
}, 10_000);
