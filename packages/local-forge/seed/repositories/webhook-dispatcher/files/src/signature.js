import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** `t=<seconds>,v1=<hex>`: the time is signed, so that an old call cannot be played again. */
export function sign(body, secret, seconds) {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** What merchants run. During a rotation both secrets are good. */
export function verify(body, header, secrets, nowSeconds) {
  const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (!match) return false;
  if (Math.abs(nowSeconds - Number(match[1])) > TOLERANCE_SECONDS) return false;
  const given = Buffer.from(match[2], 'hex');
  return secrets.some(secret => {
    const mac = createHmac('sha256', secret).update(`${match[1]}.${body}`).digest();
    return timingSafeEqual(mac, given);
  });
}
