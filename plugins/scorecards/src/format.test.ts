import { formatPoints, formatShare } from './format';

describe('figures', () => {
  it.each([
    [0, '0%'],
    [0.001, '< 1%'],
    [0.5, '50%'],
    [0.996, '99%'],
    [1, '100%'],
  ])(
    'of a share of %p say %s: all and nothing are told exactly',
    (share, text) => {
      expect(formatShare(share)).toBe(text);
    },
  );

  it('of a change say which way it went', () => {
    expect([0.12, -0.3].map(formatPoints)).toEqual(['+12', '-30']);
  });
});
