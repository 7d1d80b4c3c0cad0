import { ForgeWebhookDelivery } from '../services/ForgeService';
import { Json } from '../social/types';
import { signPayload } from './signature';

const ATTEMPT_TIMEOUT_MS = 10_000;

/** One event for one hook, with what has become of it. */
export interface Delivery extends ForgeWebhookDelivery {
  body: string;
  secret?: string;
  payload: Json;
}

/**
 * How an attempt ended: `settled` when there is nothing more to do, `unreachable`
 * when nobody listened, `refused` when the receiver could not take it now.
 */
export type AttemptOutcome = 'settled' | 'unreachable' | 'refused';

/** Makes one request and notes in the delivery what came of it. */
export async function sendDelivery(
  delivery: Delivery,
  stop: AbortSignal,
): Promise<AttemptOutcome> {
  delivery.attempts++;
  const timeout = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: headersOf(delivery),
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, timeout]),
    });
    await response.body?.cancel();
    delivery.statusCode = response.status;
    delivery.error = undefined;
    if (response.ok) {
      delivery.status = 'delivered';
      delivery.deliveredAt = new Date().toISOString();
      return 'settled';
    }
    // A receiver that is starting answers 404 or 503; any other refusal is
    // its last word.
    if (response.status >= 500 || [404, 408, 429].includes(response.status)) {
      return 'refused';
    }
    delivery.status = 'failed';
    return 'settled';
  } catch (error) {
    delivery.error =
      error instanceof Error && error.cause instanceof Error
        ? error.cause.message
        : String(error);
    return timeout.aborted ? 'refused' : 'unreachable';
  }
}

function headersOf(delivery: Delivery): Record<string, string> {
  const { secret, body } = delivery;
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/waymark',
    'x-github-event': delivery.event,
    'x-github-delivery': delivery.id,
    'x-github-hook-id': String(delivery.hookId),
    ...(secret ? { 'x-hub-signature-256': signPayload(secret, body) } : {}),
  };
}
