import {
  CheckState,
  EntityScore,
  EntityScores,
} from '@waymark/scorecards-common';

/** What one scorecard says of an entity now, beside what it said then. */
export interface Move {
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
): Move['checks'] {
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

/** What differs between two instants, what changed last first; what was not there then is no change. */
export function movesBetween(
  before: readonly EntityScores[],
  after: readonly EntityScores[],
): Move[] {
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

/** Whether an entity has lost its level; not, where nothing was known of it then or is now. */
export function hasDropped({ before, after }: Move): boolean {
  return (
    before?.rank !== undefined &&
    before.rank !== null &&
    after.rank !== null &&
    after.rank < before.rank
  );
}
