import {
  createServer as createHttpServer,
  request as httpRequest,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';

const listen = server =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });

function forwarded(request, site) {
  return {
    host: '127.0.0.1',
    port: site.port(),
    method: request.method,
    path: site.path?.(request.url) ?? request.url,
    headers: {
      ...request.headers,
      ...(site.host ? { host: site.host } : {}),
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-host': request.headers.host,
      'x-forwarded-proto': 'https',
    },
  };
}

/**
 * The network of a firm, on loopback: one server that ends TLS for some names
 * and passes requests on to local ports, and one proxy through which alone those
 * names can be reached.
 *
 * @param {{ cert: string, key: string }} certificate
 * @param {Record<string, { port: () => number, host?: string, path?: (url: string) => string }>} sites by name;
 *   `host` is what the site wants to be called, where that is not the name
 */
export async function startEdge(certificate, sites) {
  const siteOf = request => sites[(request.headers.host ?? '').split(':')[0]];
  const tls = createTlsServer(
    { cert: certificate.cert, key: certificate.key },
    (request, response) => {
      const site = siteOf(request);
      if (!site) {
        response.writeHead(421).end();
        return;
      }
      const onward = httpRequest(forwarded(request, site), answer => {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        answer.pipe(response);
      });
      onward.on('error', () => {
        if (!response.headersSent) response.writeHead(502);
        response.end();
      });
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    },
  );
  tls.on('upgrade', (request, socket, head) => {
    const site = siteOf(request);
    if (!site) {
      socket.destroy();
      return;
    }
    const onward = httpRequest(forwarded(request, site));
    onward.on('upgrade', (answer, peer, peerHead) => {
      const headers = [];
      for (let i = 0; i < answer.rawHeaders.length; i += 2) {
        headers.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
      }
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`,
      );
      socket.write(peerHead);
      peer.write(head);
      peer.pipe(socket).pipe(peer);
      for (const end of [peer, socket]) end.on('error', () => socket.destroy());
      socket.on('close', () => peer.destroy());
    });
    onward.on('response', () => socket.destroy());
    onward.on('error', () => socket.destroy());
    onward.end();
  });
  const tlsPort = await listen(tls);

  const strangers = new Set();
  const proxy = createHttpServer((_request, response) => {
    response.writeHead(405).end();
  });
  proxy.on('connect', (request, socket, head) => {
    socket.on('error', () => {});
    const name = request.url.split(':')[0];
    if (!sites[name]) {
      strangers.add(request.url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const onward = connect(tlsPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  const proxyPort = await listen(proxy);

  return {
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    /** `host:port` of everybody else whom somebody wanted to reach. */
    strangers,
    stop() {
      for (const server of [proxy, tls]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
