import type { Cause } from '@waymark/scorecards-common';

/** What was said of an entity from some instant on. */
export interface Stop {
  seq: number;
  entityId: number;
  placementId: number;
  /** Position in the levels of today; -1 for none, null where nothing is known. */
  level: number | null;
  /** Ten-thousandths. */
  points: number | null;
  cause: Cause;
  /** False where the scorecard ceased to apply. */
  applies: boolean;
}

/** By how much something has moved. */
export interface Movement {
  levels: number;
  /** Ten-thousandths. */
  points: number;
}

/** The way of an entity from one instant to another. */
export interface Walk extends Movement {
  from: Stop;
  to: Stop;
  byCause: ReadonlyMap<Cause, Movement>;
}

/**
 * Adds up what each step has moved. Where nothing is known for a while, the step after it is compared with what was known
 * before, so that an outage in between moves nobody.
 *
 * @param steps - after `from`, in their order
 */
export function walk(from: Stop, steps: readonly Stop[]): Walk {
  const byCause = new Map<Cause, Movement>();
  let { level, points } = from;
  for (const step of steps) {
    const levels =
      level === null || step.level === null ? 0 : step.level - level;
    const moved =
      points === null || step.points === null ? 0 : step.points - points;
    level = step.level ?? level;
    points = step.points ?? points;
    if (levels !== 0 || moved !== 0) {
      add(byCause, step.cause, { levels, points: moved });
    }
  }
  return { from, to: steps.at(-1) ?? from, byCause, ...sum(byCause) };
}

/** Adds to what a cause has moved. */
export function add(
  byCause: Map<Cause, Movement>,
  cause: Cause,
  { levels, points }: Movement,
): void {
  const before = byCause.get(cause) ?? { levels: 0, points: 0 };
  byCause.set(cause, {
    levels: before.levels + levels,
    points: before.points + points,
  });
}

function sum(byCause: ReadonlyMap<Cause, Movement>): Movement {
  const total = { levels: 0, points: 0 };
  for (const { levels, points } of byCause.values()) {
    total.levels += levels;
    total.points += points;
  }
  return total;
}

/** Whether an entity was there at both ends, and something was known of it. */
export const isMove = ({ from, to, levels, points }: Walk): boolean =>
  from.applies &&
  to.applies &&
  from.level !== null &&
  to.level !== null &&
  (levels !== 0 || points !== 0);

/** A level counts for more than any points. */
const LEVEL = 100_000;
const weightOf = ({ levels, points }: Movement) => levels * LEVEL + points;

/** 1 for up, -1 for down. */
export const directionOf = (movement: Movement) =>
  Math.sign(weightOf(movement));

/** The larger move first. */
export const byWeight = (one: Movement, other: Movement): number =>
  Math.abs(weightOf(other)) - Math.abs(weightOf(one));

/** What has moved it most in the direction in which it has moved, and then the other causes. */
export function causesOf(
  byCause: ReadonlyMap<Cause, Movement>,
  direction: number,
): Array<[Cause, Movement]> {
  return [...byCause]
    .filter(([, movement]) => weightOf(movement) !== 0)
    .sort(
      ([, one], [, other]) => direction * (weightOf(other) - weightOf(one)),
    );
}
