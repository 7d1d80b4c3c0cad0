const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 0,
});
const count = new Intl.NumberFormat(undefined);

/**
 * A share of 1 as a percentage without decimals. What is not all never reads as all, and what is not nothing never as
 * nothing.
 */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return `< ${percent.format(0.01)}`;
  return percent.format(share < 1 ? Math.min(share, 0.99) : share);
}

/** A count, with separators. */
export const formatCount = (value: number) => count.format(value);

const signed = new Intl.NumberFormat(undefined, {
  signDisplay: 'always',
  maximumFractionDigits: 0,
});

/** By how much points changed, in points of a hundred, such as `+12`. */
export const formatPoints = (change: number) => signed.format(change * 100);
