import { createServer } from 'node:http';
import { PayoutError, Payouts } from './payouts.js';

const payouts = new Payouts();
const json = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const [, , resource, id, step] = url.pathname.split('/');
  if (url.pathname === '/healthz') return json(response, 200, { status: 'ok' });
  const merchant = request.headers['x-merchant'];
  if (!merchant) return json(response, 401, { message: 'who are you?' });
  if (resource !== 'payouts') return json(response, 404, { message: 'no such route' });
  try {
    if (!id) return json(response, 200, payouts.list(merchant, { after: url.searchParams.get('after') }));
    const payout = payouts.get(id);
    if (payout?.merchant !== merchant) return json(response, 404, { message: 'no such payout' });
    if (request.method === 'GET') return json(response, 200, payout);
    return json(response, 200, payouts.move(id, step, merchant, new Date().toISOString()));
  } catch (error) {
    const expected = error instanceof PayoutError;
    return json(response, expected ? 409 : 500, { message: expected ? error.message : 'internal error' });
  }
});
server.listen(Number(process.env.PORT ?? 8085));
