import fc from 'fast-check';
import { median, percentile95 } from './statistics';

describe('statistics', () => {
  it('takes the middle of an odd and the mean of the middles of an even count', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('has as many samples below the median as above it, in any order', () => {
    const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(samples, values => {
        const middle = median(values);
        const below = values.filter(value => value < middle).length;
        const above = values.filter(value => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
        expect(median([...values].reverse())).toBe(middle);
      }),
    );
  });
});

describe('the percentile', () => {
  it('is a sample that 95 of 100 do not exceed, whatever their order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile95(hundred)).toBe(95);
    expect(percentile95([7])).toBe(7);
    expect(() => percentile95([])).toThrow(RangeError);
  });
});
