import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { advance, MerchantError, register } from './merchants.js';

const merchants = new Map();

const server = createServer(async (request, response) => {
  const send = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const [, version, resource, id, step] = new URL(request.url, 'http://localhost').pathname.split('/');
  if (version === 'healthz') return send(200, { status: 'ok' });
  if (resource !== 'merchants') return send(404, { message: 'no such route' });
  try {
    if (request.method === 'POST' && !id) {
      let text = '';
      for await (const chunk of request) text += chunk;
      const merchant = register({ ...JSON.parse(text || '{}'), id: `m_${randomUUID()}` });
      merchants.set(merchant.id, merchant);
      return send(201, merchant);
    }
    const merchant = merchants.get(id);
    if (!merchant) return send(404, { message: 'no such merchant' });
    if (request.method === 'GET') return send(200, merchant);
    merchants.set(id, advance(merchant, step));
    return send(200, merchants.get(id));
  } catch (error) {
    if (error instanceof MerchantError) return send(422, { message: error.message });
    return send(error instanceof SyntaxError ? 400 : 500, { message: 'bad request' });
  }
});
server.listen(Number(process.env.PORT ?? 8089));
