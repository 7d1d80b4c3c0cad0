import { createHmac } from 'node:crypto';

/** Value of `X-Hub-Signature-256`: HMAC-SHA-256 of the exact body, in hex. */
export function signPayload(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
