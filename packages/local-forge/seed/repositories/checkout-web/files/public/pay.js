import { formatAmount, isExpired, parseCardNumber } from './card.js';

const query = new URLSearchParams(location.search);
const field = id => document.getElementById(id);

field('amount').value = formatAmount(
  Number(query.get('amount') ?? 0),
  query.get('currency') ?? 'EUR',
  navigator.language,
);

field('card').addEventListener('submit', event => {
  event.preventDefault();
  const number = parseCardNumber(field('number').value);
  const expired = isExpired(field('expiry').value, new Date());
  field('number-error').textContent = number ? '' : 'This is not a card number.';
  field('expiry-error').textContent = expired ? 'This card has expired.' : '';
  if (number && !expired) {
    // The number goes to the vault only; this page never sends it to the merchant.
    window.parent.postMessage({ type: 'acme.card.ready' }, query.get('origin') ?? location.origin);
  }
});
