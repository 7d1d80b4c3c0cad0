import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { apply, capture, createIntent, IntentError } from './intent.js';
import { IntentStore } from './intentStore.js';

const MAX_BODY = 16_384;

async function readJson(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY) throw new IntentError('too_large', 'body is too large');
  }
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new IntentError('invalid_json', 'body must be JSON');
  }
}

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** The HTTP face of payment intents, as openapi.yaml describes it. */
export function createCheckoutServer({ store = new IntentStore(), publish = () => {} } = {}) {
  const routes = [
    ['GET', /^\/healthz$/, (_, response) => send(response, 200, { status: 'ok' })],
    [
      'POST',
      /^\/v1\/intents$/,
      async (request, response) => {
        const key = request.headers['idempotency-key'];
        if (!key) throw new IntentError('missing_key', 'the Idempotency-Key header is required');
        const body = await readJson(request);
        const result = store.createOnce(body.merchant, key, body, () =>
          createIntent({ ...body, id: `pi_${randomUUID()}` }),
        );
        if (result.conflict) {
          return send(response, 409, { code: 'key_reused', message: 'this key was used with another body' });
        }
        if (!result.replayed) publish({ type: 'payment.created', intent: result.intent });
        return send(response, 201, result.intent, { 'idempotent-replayed': String(result.replayed) });
      },
    ],
    [
      'GET',
      /^\/v1\/intents\/([^/]+)$/,
      (_, response, id) => {
        const intent = store.get(id);
        return intent
          ? send(response, 200, intent)
          : send(response, 404, { code: 'not_found', message: 'no such intent' });
      },
    ],
    [
      'POST',
      /^\/v1\/intents\/([^/]+)\/(attach|confirm|capture|cancel)$/,
      async (request, response, id, action) => {
        const intent = store.get(id);
        if (!intent) return send(response, 404, { code: 'not_found', message: 'no such intent' });
        const body = await readJson(request);
        const next = store.save(
          action === 'capture' ? capture(intent, body.amount) : apply(intent, action),
        );
        publish({ type: `payment.${next.status}`, intent: next });
        return send(response, 200, next);
      },
    ],
  ];
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    try {
      for (const [method, pattern, handle] of routes) {
        const match = request.method === method && pattern.exec(pathname);
        if (match) return await handle(request, response, ...match.slice(1));
      }
      return send(response, 404, { code: 'not_found', message: 'no such route' });
    } catch (error) {
      if (error instanceof IntentError) {
        const status = error.code === 'invalid_transition' ? 409 : 400;
        return send(response, status, { code: error.code, message: error.message });
      }
      console.error(error);
      return send(response, 500, { code: 'internal', message: 'something broke on our side' });
    }
  });
}
