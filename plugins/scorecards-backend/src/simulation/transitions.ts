import { Standing, Transition } from '@waymark/scorecards-common';
import {
  changesBetween,
  presentSummary,
  ShownDefinition,
} from '../reads/present';

/** What is said of an entity, now or by the definition that was sent. */
export interface Said {
  /** Packed. */
  results: string;
  level: number | null;
  points: number | null;
  confidence: number | null;
  definition: ShownDefinition;
}

/** The entity of a transition. */
export type Subject = Pick<Transition, 'entityRef' | 'type' | 'owner'>;

const ids = ({ definition: { spec } }: Said) =>
  JSON.stringify(
    [spec.levels, spec.checks].map(list => list.map(({ id }) => id)),
  );

const isSameShape = (one: Said, other: Said) => ids(one) === ids(other);

/** @returns undefined where nothing else would be said */
export function transitionOf(
  subject: Subject,
  before: Said | undefined,
  after: Said | undefined,
): Transition | undefined {
  const checks = changesBetween(
    before && { results: before.results, spec: before.definition.spec },
    after && { results: after.results, spec: after.definition.spec },
  );
  const [from, to] = [before, after].map(standingOf);
  if (from && to && before && after) {
    const isSame =
      JSON.stringify(from) === JSON.stringify(to) &&
      (isSameShape(before, after)
        ? before.results === after.results
        : // A check that is new, or is no more, is seen in points and level as far as it matters.
          checks.every(change => change.from === null || change.to === null));
    if (isSame) return undefined;
  } else if (!from && !to) {
    return undefined;
  }
  return {
    ...subject,
    direction: directionOf(from, to, after),
    from,
    to,
    checks,
  };
}

function standingOf(said: Said | undefined): Standing | null {
  if (!said) return null;
  const { level, points, confidence, definition } = said;
  const { rated, rank, levelTitle, ...summary } = presentSummary(
    {
      level: level ?? undefined,
      points: points ?? undefined,
      confidence: confidence ?? undefined,
      cause: 'definition',
      validFrom: new Date(0),
    },
    definition,
  );
  return {
    rated,
    level: summary.level,
    levelTitle,
    rank,
    points: summary.points,
    confidence: summary.confidence,
  };
}

function directionOf(
  from: Standing | null,
  to: Standing | null,
  after: Said | undefined,
): Transition['direction'] {
  if (!from) return 'enters';
  if (!to || !after) return 'leaves';
  const { levels } = after.definition.spec;
  const positionOf = ({ level, rank }: Standing) => {
    if (level === null) return -1;
    const position = levels.findIndex(({ id }) => id === level);
    return position < 0 ? rank ?? -1 : position;
  };
  const moved = positionOf(to) - positionOf(from);
  if (moved === 0) return 'same';
  return moved > 0 ? 'up' : 'down';
}
