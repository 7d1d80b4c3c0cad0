import type { EntityScore, EntityScores } from '../api';
import type { CheckState } from '../scores';

/**
 * What one scorecard says of an entity now, beside what it said then.
 * @public
 */
export interface ScoreMove {
  entityRef: string;
  before: EntityScore | undefined;
  after: EntityScore;
  checks: {
    id: string;
    title: string;
    from: CheckState | null;
    to: CheckState | null;
  }[];
}

function checksBetween(
  before: EntityScore | undefined,
  after: EntityScore,
): ScoreMove['checks'] {
  const was = new Map(before?.checks.map(check => [check.id, check]));
  const is = new Map(after.checks.map(check => [check.id, check]));
  return [...new Set([...is.keys(), ...was.keys()])]
    .map(id => ({
      id,
      title: (is.get(id) ?? was.get(id))!.title,
      from: was.get(id)?.state ?? null,
      to: is.get(id)?.state ?? null,
    }))
    .filter(({ from, to }) => from !== to);
}

/**
 * What differs between two instants, what changed last first; what was not there then is no change.
 * @public
 */
export function movesBetween(
  before: readonly EntityScores[],
  after: readonly EntityScores[],
): ScoreMove[] {
  const then = new Map(
    before.flatMap(({ entityRef, scorecards }) =>
      scorecards.map(score => [`${entityRef} ${score.scorecard}`, score]),
    ),
  );
  return after
    .flatMap(({ entityRef, scorecards }) =>
      scorecards.map(score => {
        const was = then.get(`${entityRef} ${score.scorecard}`);
        return {
          entityRef,
          before: was,
          after: score,
          checks: checksBetween(was, score),
        };
      }),
    )
    .filter(
      move =>
        move.before !== undefined &&
        (move.checks.length > 0 ||
          move.before.level !== move.after.level ||
          move.before.points !== move.after.points),
    )
    .sort((a, b) => b.after.since.localeCompare(a.after.since));
}

type Sides = Pick<ScoreMove, 'before' | 'after'>;

/** By how many levels an entity has moved; none where nothing was known of it then or is now. */
function levelsBetween({ before, after }: Sides): number {
  const from = before?.rank ?? null;
  return from === null || after.rank === null ? 0 : after.rank - from;
}

/**
 * Whether an entity has lost its level; not, where nothing was known of it then or is now.
 * @public
 */
export const hasDropped = (move: Sides): boolean => levelsBetween(move) < 0;

/**
 * Whether an entity has a higher level; not, where nothing was known of it then or is now.
 * @public
 */
export const hasRisen = (move: Sides): boolean => levelsBetween(move) > 0;
