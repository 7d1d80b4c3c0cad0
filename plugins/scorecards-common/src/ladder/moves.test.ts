import type { EntityScore, EntityScores } from '../api';
import type { CheckState } from '../scores';
import { levelsBetween, movesBetween } from './moves';

const scores = (
  entityRef: string,
  checks: Record<string, CheckState>,
  more: Partial<EntityScore> = {},
): EntityScores => ({
  entityRef,
  asOf: '2026-11-01T00:00:00.000Z',
  knowledge: 'then',
  pending: false,
  scorecards: [
    {
      scorecard: 'quality',
      title: 'Quality',
      rated: true,
      level: 'gold',
      levelTitle: 'Gold',
      rank: 2,
      points: 1,
      confidence: 1,
      since: '2026-11-01T00:00:00.000Z',
      cause: 'fact',
      definition: 'abc',
      checks: Object.entries(checks).map(([id, state]) => ({
        id,
        title: id,
        level: 'gold',
        weight: 1,
        gate: false,
        state,
      })),
      ...more,
    },
  ],
});
const A = 'component:default/a';
const B = 'component:default/b';

describe('what lies between two instants', () => {
  it('are the checks that say something else, those that came and those that went', () => {
    const [move] = movesBetween(
      [scores(A, { stays: 'pass', moves: 'pass', goes: 'fail' })],
      [scores(A, { stays: 'pass', moves: 'fail', comes: 'upcoming' })],
    );
    expect(move.checks).toEqual([
      { id: 'moves', title: 'moves', from: 'pass', to: 'fail' },
      { id: 'comes', title: 'comes', from: null, to: 'upcoming' },
      { id: 'goes', title: 'goes', from: 'fail', to: null },
    ]);
  });

  it('is nothing where nothing differs, and where nothing was known before', () => {
    const now = scores(A, { a: 'pass' });
    expect(movesBetween([now], [now])).toEqual([]);
    expect(movesBetween([], [now])).toEqual([]);
  });

  it('has what changed last first', () => {
    const later = { since: '2026-11-02T00:00:00.000Z' };
    expect(
      movesBetween(
        [scores(A, { a: 'pass' }), scores(B, { a: 'pass' })],
        [scores(A, { a: 'fail' }), scores(B, { a: 'fail' }, later)],
      ).map(({ entityRef }) => entityRef),
    ).toEqual([B, A]);
  });

  describe('by levels', () => {
    const levels = (...ids: string[]) => ({
      levels: ids.map(id => ({ id, title: id })),
    });
    const by = (
      from: [string | null, number | null],
      to: [string | null, number | null],
      spec?: ReturnType<typeof levels>,
      definition = 'abc',
    ) => {
      const [move] = movesBetween(
        [scores(A, { a: 'pass' }, { level: from[0], rank: from[1] })],
        [scores(A, { a: 'fail' }, { level: to[0], rank: to[1], definition })],
      );
      return levelsBetween(move, spec);
    };
    const all = levels('bronze', 'silver', 'gold');

    it.each<[string, Parameters<typeof by>, number]>([
      ['a lower level is a drop', [['gold', 2], ['silver', 1], all], -1],
      ['no level at all is one', [['bronze', 0], [null, -1], all], -1],
      ['a higher one is a rise', [['bronze', 0], ['gold', 2], all], 2],
      ['the same is neither', [['silver', 1], ['silver', 1], all], 0],
      [
        'what nobody knows any more is neither',
        [['gold', 2], [null, null], all],
        0,
      ],
      ['what nobody knew is neither', [[null, null], ['bronze', 0], all], 0],
      [
        'the same level is neither when those below it are gone',
        [['silver', 1], ['silver', 0], levels('silver', 'gold'), 'def'],
        0,
      ],
      [
        'a lower level is a drop when a new one below it has pushed it up',
        [['gold', 1], ['silver', 1], levels('wood', 'silver', 'gold'), 'def'],
        -1,
      ],
      [
        'what loses a level that is gone drops from where it stood',
        [['gold', 2], ['silver', 1], levels('bronze', 'silver'), 'def'],
        -1,
      ],
      [
        'ranks are compared where the definition is gone',
        [
          ['gold', 2],
          ['silver', 1],
        ],
        -1,
      ],
      [
        'ranks of two definitions are not',
        [['gold', 2], ['silver', 1], undefined, 'def'],
        0,
      ],
    ])('%s', (_, given, expected) => {
      expect(by(...given)).toBe(expected);
    });
  });
});
