import type { EntityScore, EntityScores } from '../api';
import type { CheckState } from '../scores';
import type { LadderSpec } from './ladder';

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
type Level = Pick<EntityScore, 'level' | 'rank'>;

/**
 * Where a level stands among those of a definition, which may not be the one that it was earned by; -1 for none.
 *
 * @remarks
 * A level that the definition does not have stands where it once stood.
 *
 * @param levels - ids, from the lowest
 * @public
 */
export function levelPosition(
  levels: readonly string[],
  { level, rank }: Level,
): number {
  if (level === null) return -1;
  const position = levels.indexOf(level);
  return position < 0 ? rank ?? -1 : position;
}

/**
 * By how many levels of the present definition an entity has moved.
 *
 * @remarks
 * 0 where nothing was known of it then or is now, and where the definitions differ and the present one is not known.
 * @public
 */
export function levelsBetween(
  { before, after }: Sides,
  spec: Pick<LadderSpec, 'levels'> | null | undefined,
): number {
  if (!before || before.rank === null || after.rank === null) return 0;
  if (!spec) {
    const isComparable = before.definition === after.definition;
    return isComparable ? after.rank - before.rank : 0;
  }
  const levels = spec.levels.map(({ id }) => id);
  return levelPosition(levels, after) - levelPosition(levels, before);
}
