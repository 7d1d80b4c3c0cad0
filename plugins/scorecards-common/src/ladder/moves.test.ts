import type { EntityScore, EntityScores } from '../api';
import type { CheckState } from '../scores';
import { hasDropped, hasRisen, movesBetween } from './moves';

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

  it.each([
    ['a lower level is a drop', 2, 1, 'dropped'],
    ['no level at all is one', 0, -1, 'dropped'],
    ['a higher one is a rise', 1, 2, 'risen'],
    ['the same is neither', 1, 1, undefined],
    ['what nobody knows any more is neither', 2, null, undefined],
    ['what nobody knew is neither', null, 0, undefined],
  ])('%s', (_, from, to, expected) => {
    const [move] = movesBetween(
      [scores(A, { a: 'pass' }, { rank: from })],
      [scores(A, { a: 'fail' }, { rank: to })],
    );
    expect([hasDropped(move), hasRisen(move)]).toEqual([
      expected === 'dropped',
      expected === 'risen',
    ]);
  });
});
