const MINUTE = 60;
const MAX_DELAY = 12 * 60 * MINUTE;

/** Seconds to wait before an attempt (the first retry is 1), or undefined to give up. */
export function delay(attempt, random = Math.random) {
  if (attempt > 12) return undefined;
  const full = Math.min(MINUTE * 2 ** (attempt - 1), MAX_DELAY);
  // Half of it is chance: merchants that were down together must not be called together.
  return Math.round(full / 2 + (random() * full) / 2);
}

/** 410 means that the merchant does not want calls any more. */
export function outcome(status) {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'unsubscribed';
  return 'retry';
}
