import { createInterface } from 'node:readline';
import { Dispatcher } from './dispatcher.js';

const dispatcher = new Dispatcher({
  post: async (url, body, headers) => {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
      redirect: 'error',
    });
    return response.status;
  },
});

createInterface({ input: process.stdin }).on('line', line => {
  const { event, endpoint } = JSON.parse(line);
  dispatcher.enqueue(event, endpoint);
});
setInterval(async () => {
  for (const result of await dispatcher.run(Date.now() / 1000)) console.log(JSON.stringify(result));
}, 1000);
