import { createServer } from 'node:http';
import { WalletError, Wallets } from './index.js';

export function createWalletServer(wallets = new Wallets()) {
  return createServer(async (request, response) => {
    const send = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const [, , resource, user, action] = request.url.split('/').map(decodeURIComponent);
    try {
      if (request.url === '/healthz') return send(200, { status: 'ok' });
      if (resource !== 'wallets' || !user) throw new WalletError(404, 'no such route');
      if (!action) return send(200, { user, balance: wallets.balance(user) });
      let text = '';
      for await (const chunk of request) text += chunk;
      const { to, amount } = JSON.parse(text || '{}');
      return send(201, wallets.transfer(user, to, amount, request.headers['idempotency-key']));
    } catch (error) {
      return send(error.status ?? 400, { message: error.status ? error.message : 'bad request' });
    }
  });
}
