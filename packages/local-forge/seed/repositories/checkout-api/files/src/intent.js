/** What can happen to a payment intent, and in which state it may happen. */
const transitions = {
  requires_payment_method: { attach: 'requires_confirmation', cancel: 'cancelled' },
  requires_confirmation: { confirm: 'processing', cancel: 'cancelled' },
  processing: { authorise: 'requires_capture', decline: 'requires_payment_method' },
  requires_capture: { capture: 'succeeded', cancel: 'cancelled' },
  succeeded: {},
  cancelled: {},
};

export class IntentError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export function createIntent({ id, amount, currency, merchant }) {
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    throw new IntentError('invalid_amount', 'amount must be a positive integer of minor units');
  }
  if (!/^[A-Z]{3}$/.test(currency ?? '')) {
    throw new IntentError('invalid_currency', 'currency must be an ISO 4217 code');
  }
  return Object.freeze({
    id,
    amount,
    currency,
    merchant,
    captured: 0,
    status: 'requires_payment_method',
  });
}

/** The intent after an event; throws when the event is not possible in its state. */
export function apply(intent, event) {
  const status = transitions[intent.status][event];
  if (!status) {
    throw new IntentError('invalid_transition', `cannot ${event} an intent that is ${intent.status}`);
  }
  return Object.freeze({ ...intent, status });
}

/** Takes all or a part of what was authorised; the rest is released. */
export function capture(intent, amount = intent.amount) {
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > intent.amount) {
    throw new IntentError('invalid_amount', `capture between 1 and ${intent.amount}`);
  }
  return Object.freeze({ ...apply(intent, 'capture'), captured: amount });
}

export function isFinal(intent) {
  return Object.keys(transitions[intent.status]).length === 0;
}
