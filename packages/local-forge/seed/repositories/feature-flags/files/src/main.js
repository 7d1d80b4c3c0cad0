import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { evaluate } from './evaluate.js';

const flags = JSON.parse(readFileSync(new URL('../flags.json', import.meta.url)));

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const context = Object.fromEntries(url.searchParams);
  const body =
    url.pathname === '/healthz'
      ? { status: 'ok' }
      : Object.fromEntries(flags.map(flag => [flag.key, evaluate(flag, context)]));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}).listen(Number(process.env.PORT ?? 8092));
