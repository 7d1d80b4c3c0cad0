import { median, summarise } from './statistics';

describe('statistics', () => {
  it('takes the middle of an odd and the mean of the middles of an even count', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('says whether a promise is kept by the median, not by the best sample', () => {
    const table = summarise([
      { name: 'start', unit: 's', samples: [1, 30, 31], limit: 20 },
      { name: 'page', unit: 'ms', samples: [100, 900, 120], limit: 200 },
    ]);
    expect(table).toContain(
      '| start | 30.0 s | 1.0–31.0 | 3 | NOT met (≤ 20 s) |',
    );
    expect(table).toContain(
      '| page | 120.0 ms | 100.0–900.0 | 3 | met (≤ 200 ms) |',
    );
  });
});
