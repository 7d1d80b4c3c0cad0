/** One measured quantity. */
export interface Figure {
  /** What was measured, in words. */
  readonly name: string;
  /** Unit of every sample: seconds or milliseconds. */
  readonly unit: 's' | 'ms';
  /** The samples in the order in which they were taken. */
  readonly samples: readonly number[];
  /** What must be reached, in the same unit, if anything is promised. */
  readonly limit?: number;
}

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

/** One Markdown table row per figure: median, range, sample count, promise kept or not. */
export function summarise(figures: readonly Figure[]): string {
  const rows = figures.map(figure => {
    const value = median(figure.samples);
    const range = `${Math.min(...figure.samples).toFixed(1)}–${Math.max(
      ...figure.samples,
    ).toFixed(1)}`;
    const verdict =
      figure.limit === undefined
        ? ''
        : `${value <= figure.limit ? 'met' : 'NOT met'} (≤ ${figure.limit} ${
            figure.unit
          })`;
    return `| ${figure.name} | ${value.toFixed(1)} ${
      figure.unit
    } | ${range} | ${figure.samples.length} | ${verdict} |`;
  });
  return [
    '| figure | median | range | n | promise |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
