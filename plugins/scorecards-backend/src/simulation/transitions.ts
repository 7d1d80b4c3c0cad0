import {
  levelPosition,
  ScorecardSpec,
  Standing,
  Transition,
} from '@waymark/scorecards-common';
import { positionsOf } from '../reads/DefinitionsOfResults';
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

const isSameShape = (one: Said, other: Said) =>
  positionsOf(one.definition.spec) === positionsOf(other.definition.spec);

const labels = new WeakMap<ScorecardSpec, string>();

/** What standings take from a definition. */
function labelsOf(spec: ScorecardSpec): string {
  let known = labels.get(spec);
  if (known === undefined) {
    known = JSON.stringify(spec.levels.map(({ id, title }) => [id, title]));
    labels.set(spec, known);
  }
  return known;
}

/** Of nearly all entities nothing else is said, which is to be found out fast. */
const isSame = (one: Said, other: Said) =>
  one.results === other.results &&
  one.level === other.level &&
  one.points === other.points &&
  one.confidence === other.confidence &&
  isSameShape(one, other) &&
  labelsOf(one.definition.spec) === labelsOf(other.definition.spec);

/** @returns undefined where nothing else would be said */
export function transitionOf(
  subject: Subject,
  before: Said | undefined,
  after: Said | undefined,
): Transition | undefined {
  if (!before && !after) return undefined;
  if (before && after && isSame(before, after)) return undefined;
  const [from, to] = [before, after].map(standingOf);
  const isAsBefore = JSON.stringify(from) === JSON.stringify(to);
  const hasSameShape = before && after && isSameShape(before, after);
  if (isAsBefore && hasSameShape && before.results === after.results) {
    return undefined;
  }
  const checks = changesBetween(
    before && { results: before.results, spec: before.definition.spec },
    after && { results: after.results, spec: after.definition.spec },
  );
  // A check that is new, or is no more, is seen in points and level as far as it matters.
  const isOnlyShape =
    !hasSameShape &&
    checks.every(change => change.from === null || change.to === null);
  if (isAsBefore && isOnlyShape) return undefined;
  return {
    ...subject,
    direction: directionOf(from, to, after),
    from,
    to,
    checks,
  };
}

/** @returns null where nothing is said */
export function standingOf(said: Said | undefined): Standing | null {
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
  const levels = after.definition.spec.levels.map(({ id }) => id);
  const moved = levelPosition(levels, to) - levelPosition(levels, from);
  if (moved === 0) return 'same';
  return moved > 0 ? 'up' : 'down';
}
