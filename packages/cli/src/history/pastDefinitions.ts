import { Entity } from '@backstage/catalog-model';

/** From an instant on, these definitions are what the catalog shows. */
export interface DefinitionStep {
  at: Date;
  definitions: Entity[];
}

const DAY_MILLIS = 24 * 60 * 60_000;
/** Between the first versions of two scorecards. */
const APART_MILLIS = 12 * DAY_MILLIS;
/** Part of the history after which the first of them grows, and the last one at the latest. */
const GROWS = { first: 0.45, apart: 0.05, last: 0.9 };
/** Of the checks, so many are in a first version. */
const AT_FIRST = 2 / 3;
const SMALLEST = 3;
/** How long facts were believed, and until when: long, so that a year need not be lived through hour by hour. */
const BELIEVED = { staleAfter: 'P60D', untilMillis: 1_000 };

/**
 * How scorecards come to a firm: one after the other, each with fewer checks than it has now. What those said is not made
 * up: they are the first checks of the present version.
 */
export function pastDefinitions(
  present: readonly Entity[],
  { from, to }: { from: Date; to: Date },
): DefinitionStep[] {
  const span = to.getTime() - from.getTime();
  const scorecards = present
    .filter(({ kind }) => kind === 'Scorecard')
    .sort((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
  const others = present.filter(({ kind }) => kind !== 'Scorecard');
  const before = others.map(({ spec, ...source }) => ({
    ...source,
    spec: { ...spec, staleAfter: BELIEVED.staleAfter },
  }));
  const changes = scorecards.flatMap((scorecard, index) => {
    const small = smaller(scorecard);
    const grows = Math.min(GROWS.first + index * GROWS.apart, GROWS.last);
    return [
      { at: Math.min(index * APART_MILLIS, span / 3), entity: small },
      ...(small === scorecard ? [] : [{ at: span * grows, entity: scorecard }]),
    ];
  });
  const instants = [...new Set(changes.map(({ at }) => at))].sort(
    (one, other) => one - other,
  );
  const steps = instants.map(instant => ({
    at: new Date(from.getTime() + instant),
    definitions: [
      ...before,
      ...new Map(
        changes
          .filter(({ at }) => at <= instant)
          .sort((one, other) => one.at - other.at)
          .map(({ entity }) => [entity.metadata.name, entity]),
      ).values(),
    ],
  }));
  return [
    ...steps,
    {
      at: new Date(to.getTime() - BELIEVED.untilMillis),
      definitions: [...present],
    },
  ];
}

function smaller(scorecard: Entity): Entity {
  const checks = scorecard.spec?.checks;
  if (!Array.isArray(checks) || checks.length < SMALLEST) return scorecard;
  const kept = checks.slice(0, Math.ceil(checks.length * AT_FIRST));
  return { ...scorecard, spec: { ...scorecard.spec, checks: kept } };
}
