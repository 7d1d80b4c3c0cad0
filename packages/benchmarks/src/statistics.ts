/**
 * The middle of the samples; the mean of the two middle ones for an even count.
 *
 * @throws RangeError when there is no sample
 */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) {
    throw new RangeError('A median needs at least one sample');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The value that 95 of 100 samples do not exceed.
 *
 * @throws RangeError when there is no sample
 */
export function percentile95(samples: readonly number[]): number {
  if (samples.length === 0) {
    throw new RangeError('A percentile needs at least one sample');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}
