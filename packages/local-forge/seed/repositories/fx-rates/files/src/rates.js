// rates against EUR, six decimals as integers
export const table = new Map([['EUR', 1_000_000]]);

export function setRate(currency, rate) {
  if (!(rate > 0)) throw new Error('bad rate for ' + currency);
  table.set(currency, Math.round(rate * 1_000_000));
}

export function convert(amount, from, to, spreadBps = 0) {
  const a = table.get(from);
  const b = table.get(to);
  if (!a || !b) throw new Error('no rate for ' + (a ? to : from));
  // the spread is ours, so round down
  return Math.floor((amount * b * (10_000 - spreadBps)) / (a * 10_000));
}
