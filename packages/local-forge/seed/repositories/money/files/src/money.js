const minorUnits = { JPY: 0, KRW: 0, ISK: 0, BHD: 3, KWD: 3, TND: 3 };

/** Decimal places of a currency. */
export function exponent(currency) {
  return minorUnits[currency] ?? 2;
}

function check(amount) {
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`${amount} is not a safe integer of minor units`);
  }
  return amount;
}

export function money(amount, currency) {
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`${currency} is not a currency`);
  return Object.freeze({ amount: check(amount), currency });
}

export function add(...values) {
  const [{ currency }] = values;
  if (values.some(value => value.currency !== currency)) {
    throw new RangeError('cannot add different currencies');
  }
  return money(values.reduce((sum, { amount }) => sum + amount, 0), currency);
}

/** Splits by ratios without losing a cent: the remainder goes to the largest fractions first. */
export function allocate({ amount, currency }, ratios) {
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0);
  if (!(total > 0) || ratios.some(ratio => ratio < 0)) {
    throw new RangeError('ratios must be positive');
  }
  const exact = ratios.map(ratio => (Math.abs(amount) * ratio) / total);
  const parts = exact.map(Math.floor);
  let rest = Math.abs(amount) - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((value, index) => ({ index, fraction: value - Math.floor(value) }))
    .sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  for (const { index } of order) {
    if (rest-- <= 0) break;
    parts[index] += 1;
  }
  return parts.map(part => money(amount < 0 ? -part : part, currency));
}

/** Half-even rounding of a rational: amount * numerator / denominator. */
export function scale({ amount, currency }, numerator, denominator) {
  let product = BigInt(amount) * BigInt(numerator);
  let divisor = BigInt(denominator);
  if (divisor < 0n) [product, divisor] = [-product, -divisor];
  const sign = product < 0n ? -1n : 1n;
  const size = product * sign;
  let quotient = size / divisor;
  const twice = (size % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient += 1n;
  return money(Number(quotient * sign), currency);
}

export function format({ amount, currency }, locale = 'en-GB') {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amount / 10 ** exponent(currency),
  );
}
