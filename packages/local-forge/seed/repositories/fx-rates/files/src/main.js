import http from 'node:http';
import { convert, setRate } from './rates.js';

for (const pair of (process.env.RATES || 'USD=1.0843,GBP=0.8391,JPY=163.2').split(',')) {
  const [currency, rate] = pair.split('=');
  setRate(currency, Number(rate));
}

http
  .createServer((req, res) => {
    const url = new URL(req.url, 'http://x');
    const q = k => url.searchParams.get(k);
    if (url.pathname === '/healthz') return res.end('ok');
    try {
      const amount = convert(Number(q('amount')), q('from'), q('to'), Number(q('spread') || 0));
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ amount, currency: q('to') }));
    } catch (e) {
      res.statusCode = 400;
      res.end(e.message);
    }
  })
  .listen(process.env.PORT || 8090);
