import fc from 'fast-check';
import {
  CHECK_RESULTS,
  CheckResult,
  packedCodesOf,
  packResults,
  ScoredCheck,
  scoreOf,
  unpackResults,
} from '.';

const result = fc.constantFrom(...CHECK_RESULTS);
const check = fc.record({
  level: fc.integer({ min: 0, max: 3 }),
  weight: fc.integer({ min: 1, max: 5 }),
});
const scored = fc.array(fc.tuple(check, result), { maxLength: 8 });

const score = (
  ...list: [level: number, result: CheckResult, weight?: number][]
) =>
  scoreOf(
    list.map(([level, , weight = 1]) => ({ level, weight })),
    list.map(([, each]) => each),
  );
const held = (underlying: 'pass' | 'fail' | 'notApplicable'): CheckResult => ({
  state: 'unknown',
  underlying,
  held: true,
});

/** The definition of a level, word by word. */
function levelByDefinition(pairs: [ScoredCheck, CheckResult][]) {
  const counting = pairs.filter(
    ([, { state, underlying }]) =>
      ['pass', 'warn', 'fail', 'unknown'].includes(state) &&
      !(state === 'unknown' && underlying === 'notApplicable'),
  );
  const isMet = ([, { state, underlying }]: [ScoredCheck, CheckResult]) =>
    state === 'pass' ||
    state === 'warn' ||
    (state === 'unknown' && (underlying === 'pass' || underlying === 'warn'));
  const known = counting.some(
    ([, each]) => each.state !== 'unknown' || each.held,
  );
  if (!known) return undefined;
  for (let level = 3; level >= 0; level -= 1) {
    const own = counting.filter(([each]) => each.level === level);
    const below = counting.filter(([each]) => each.level < level);
    if (own.length > 0 && own.every(isMet) && below.every(isMet)) return level;
  }
  return -1;
}

describe('packed results', () => {
  it('are one character for each check, and read back as they were', () => {
    fc.assert(
      fc.property(fc.array(result), results => {
        const packed = packResults(results);
        expect(packed).toHaveLength(results.length);
        expect(unpackResults(packed)).toEqual(results);
      }),
    );
  });

  it('keep the format of what is stored', () => {
    expect(packResults(CHECK_RESULTS)).toBe('0123456789abcdefghi');
    expect(packedCodesOf('fail')).toEqual(['2']);
    expect(packedCodesOf('exempt')).toEqual(['b', 'c', 'd', 'e']);
  });

  it('refuse what is no result', () => {
    expect(() => packResults([{ state: 'pass', held: true }])).toThrow(
      RangeError,
    );
    expect(() => unpackResults('0z')).toThrow('"z" is no result of a check');
  });
});

describe('a score', () => {
  it('has the level of its definition, whatever the results', () => {
    fc.assert(
      fc.property(scored, pairs => {
        const { level } = scoreOf(
          pairs.map(([each]) => each),
          pairs.map(([, each]) => each),
        );
        expect(level).toBe(levelByDefinition(pairs));
      }),
      { numRuns: 5_000 },
    );
  });

  it('never falls when a check is met that was not, and is not moved by what does not count', () => {
    fc.assert(
      fc.property(scored, fc.nat(), check, (pairs, choice, extra) => {
        const checks = pairs.map(([each]) => each);
        const results = pairs.map(([, each]) => each);
        const before = scoreOf(checks, results);
        const ignored = scoreOf(
          [...checks, extra],
          [...results, { state: 'notApplicable' }],
        );
        expect(ignored).toEqual(before);
        const index = choice % Math.max(1, results.length);
        if (results[index]?.state !== 'fail') return;
        const mended = scoreOf(
          checks,
          results.map((each, at) => (at === index ? { state: 'pass' } : each)),
        );
        expect(mended.level!).toBeGreaterThanOrEqual(before.level!);
        expect(mended.points!).toBeGreaterThan(before.points!);
        expect(mended.confidence).toBe(before.confidence);
      }),
      { numRuns: 2_000 },
    );
  });

  it('inherits a level without a counting check, but does not earn it', () => {
    expect(score([0, { state: 'pass' }]).level).toBe(0);
    expect(score([0, { state: 'pass' }], [2, { state: 'pass' }]).level).toBe(2);
    expect(
      score(
        [0, { state: 'pass' }],
        [1, { state: 'exempt', underlying: 'fail' }],
      ).level,
    ).toBe(0);
  });

  it('is not rated where nothing is known, and has no level where the lowest is missed', () => {
    expect(score([0, { state: 'unknown' }])).toEqual({
      level: undefined,
      points: 0,
      confidence: 0,
    });
    expect(score([0, { state: 'fail' }], [1, { state: 'pass' }]).level).toBe(
      -1,
    );
    expect(score([0, { state: 'notApplicable' }])).toEqual({
      level: undefined,
      points: undefined,
      confidence: undefined,
    });
  });

  it('holds a level while confidence falls, and leaves what is held out of the points', () => {
    expect(score([0, { state: 'pass' }, 1], [1, held('pass'), 3])).toEqual({
      level: 1,
      points: 1,
      confidence: 0.25,
    });
    expect(
      score([0, { state: 'pass' }, 1], [1, { state: 'unknown' }, 3]),
    ).toEqual({ level: 0, points: 0.25, confidence: 0.25 });
    expect(
      score(
        [0, { state: 'pass' }],
        [1, held('notApplicable')],
        [1, { state: 'warn' }],
      ),
    ).toEqual({ level: 1, points: 1, confidence: 0.6667 });
  });

  it('counts an unknown as what the check says it shall', () => {
    const as = (underlying: 'pass' | 'fail') =>
      score([0, { state: 'pass' }], [1, { state: 'unknown', underlying }]);
    expect(as('pass')).toEqual({ level: 1, points: 1, confidence: 0.5 });
    expect(as('fail')).toEqual({ level: 0, points: 0.5, confidence: 0.5 });
  });
});
