import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** The one part of a forge's REST API that tells the id of a repository, over real HTTP. */
export async function startForgeApi() {
  /** Ids by `owner/name` in lower case. */
  const repositories = new Map<string, number>();
  const requests: string[] = [];
  let failing = false;

  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    requests.push(`${method} ${url} ${headers.authorization}`);
    const name = url.replace(/^\/repos\//, '').toLowerCase();
    const id = repositories.get(name);
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (failing) {
      answer(502, { message: 'Bad gateway' });
    } else if (id === undefined) {
      answer(404, { message: 'Not Found' });
    } else {
      answer(200, { id, full_name: name });
    }
  });
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    repositories,
    requests,
    fail(value: boolean) {
      failing = value;
    },
    stop: () =>
      new Promise<void>(done => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
