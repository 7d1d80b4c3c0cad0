import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { screen } from './screening.js';

const list = JSON.parse(readFileSync(process.env.LIST ?? new URL('../lists/sample.json', import.meta.url)));

createServer(async (request, response) => {
  const send = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.url === '/healthz') return send(200, { entries: list.length });
  let text = '';
  for await (const chunk of request) text += chunk;
  try {
    const person = JSON.parse(text);
    if (!person.name) return send(400, { message: 'name is required' });
    const hits = screen(person, list);
    return send(200, { outcome: hits.length ? 'review' : 'clear', hits });
  } catch {
    return send(400, { message: 'body must be JSON' });
  }
}).listen(Number(process.env.PORT ?? 8088));
