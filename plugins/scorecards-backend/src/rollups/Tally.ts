import { packedCodesOf, type CheckState } from '@waymark/scorecards-common';

/** What the positions of packed results and levels stand for, by their ids. */
export interface RollupShape {
  /** From the lowest on. */
  readonly levels: readonly string[];
  readonly checks: readonly string[];
}

/** Results of one shape and level. */
export interface ResultGroup {
  /** Position; -1 for none, null where nothing is known. */
  level: number | null;
  entities: number;
  withPoints: number;
  /** Sum in ten-thousandths, like `confidence`. */
  points: number;
  withConfidence: number;
  confidence: number;
  /** Packed results of all of them, one after the other. */
  results: string;
}

/** One result, as a group. */
export const groupOfOne = (result: {
  level?: number | null;
  points?: number | null;
  confidence?: number | null;
  results: string;
}): ResultGroup => ({
  entities: 1,
  level: result.level ?? null,
  withPoints: typeof result.points === 'number' ? 1 : 0,
  points: result.points ?? 0,
  withConfidence: typeof result.confidence === 'number' ? 1 : 0,
  confidence: result.confidence ?? 0,
  results: result.results,
});

// The order of both lists is the format of what is stored, as is what follows them: the levels, then the states of each
// check.
const FIELDS = [
  'entities',
  'unrated',
  'level:-1',
  'withPoints',
  'points',
  'withConfidence',
  'confidence',
] as const;
/** Every state, in the order in which they are counted. */
export const STATES: readonly CheckState[] = [
  'pass',
  'warn',
  'fail',
  'unknown',
  'notApplicable',
  'exempt',
  'upcoming',
];
const LEVELS = FIELDS.length;
const TEN_THOUSANDTHS = 10_000;

const positionOf = (field: (typeof FIELDS)[number]) => FIELDS.indexOf(field);
const ENTITIES = positionOf('entities');
const UNRATED = positionOf('unrated');
const WITHOUT_LEVEL = positionOf('level:-1');
const WITH_POINTS = positionOf('withPoints');
const POINTS = positionOf('points');
const WITH_CONFIDENCE = positionOf('withConfidence');
const CONFIDENCE = positionOf('confidence');

/** Position among {@link STATES}, by the code of the character that stands for a result. */
export const stateOf = new Int8Array(128);
STATES.forEach((state, index) => {
  for (const code of packedCodesOf(state)) {
    stateOf[code.charCodeAt(0)] = index;
  }
});

const positionOfLevel = (level: number | null) => {
  if (level === null) return UNRATED;
  return level < 0 ? WITHOUT_LEVEL : LEVELS + level;
};

// Of thousands of roll-ups of one shape, each is named alike.
const namesByShape = new WeakMap<RollupShape, readonly string[]>();

/** What is counted at each position. */
function namesOf(shape: RollupShape): readonly string[] {
  const known = namesByShape.get(shape);
  if (known) return known;
  const names = [
    ...FIELDS,
    ...shape.levels.map((_, level) => `level:${level}`),
    ...shape.checks.flatMap((_, check) =>
      STATES.map(state => `check:${check}:${state}`),
    ),
  ];
  namesByShape.set(shape, names);
  return names;
}

/** Whether the positions of two shapes stand for the same. */
export function isSameShape(one: RollupShape, other: RollupShape): boolean {
  const isSame = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((id, index) => id === b[index]);
  return isSame(one.levels, other.levels) && isSame(one.checks, other.checks);
}

/** Counts over any number of results of one shape. Also of differences, so that they may be below zero. */
export class Tally {
  readonly #shape: RollupShape;
  readonly #counts: Float64Array;

  /** @param text - what {@link Tally.toText} gave; nothing is counted when absent */
  static create(shape: RollupShape, text?: string): Tally {
    const { levels, checks } = shape;
    const length = LEVELS + levels.length + checks.length * STATES.length;
    const counts =
      text === undefined
        ? new Float64Array(length)
        : new Float64Array(JSON.parse(`[${text}]`) as number[]);
    if (counts.length !== length) {
      throw new Error(`Counts of ${counts.length} things, not of ${length}`);
    }
    return new Tally(shape, counts);
  }

  private constructor(shape: RollupShape, counts: Float64Array) {
    this.#shape = shape;
    this.#counts = counts;
  }

  /** @param sign - -1 to count the group no more */
  count(group: ResultGroup, sign: 1 | -1): void {
    const counts = this.#counts;
    counts[ENTITIES] += sign * group.entities;
    counts[positionOfLevel(group.level)] += sign * group.entities;
    counts[WITH_POINTS] += sign * group.withPoints;
    counts[POINTS] += sign * group.points;
    counts[WITH_CONFIDENCE] += sign * group.withConfidence;
    counts[CONFIDENCE] += sign * group.confidence;
    const { results } = group;
    const first = LEVELS + this.#shape.levels.length;
    let position = first;
    for (let index = 0; index < results.length; index += 1) {
      if (position === counts.length) position = first;
      counts[position + stateOf[results.charCodeAt(index)]] += sign;
      position += STATES.length;
    }
  }

  /** @param other - of the same shape */
  add(other: Tally): void {
    const counts = this.#counts;
    for (let index = 0; index < counts.length; index += 1) {
      counts[index] += other.#counts[index];
    }
  }

  isZero(): boolean {
    return this.#counts.every(count => count === 0);
  }

  toText(): string {
    return this.#counts.join(',');
  }

  /** The same counts where positions stand for something else; what has no place there is left out. */
  in(shape: RollupShape): Tally {
    if (shape === this.#shape) return this;
    const moved = Tally.create(shape);
    const from = this.#counts;
    const to = moved.#counts;
    to.set(from.subarray(0, LEVELS));
    this.#shape.levels.forEach((id, index) => {
      const level = shape.levels.indexOf(id);
      // Who earned a level that is no more has none until evaluated anew.
      to[positionOfLevel(level)] += from[LEVELS + index];
    });
    const ownFirst = LEVELS + this.#shape.levels.length;
    const first = LEVELS + shape.levels.length;
    this.#shape.checks.forEach((id, index) => {
      const check = shape.checks.indexOf(id);
      if (check < 0) return;
      const own = ownFirst + index * STATES.length;
      to.set(
        from.subarray(own, own + STATES.length),
        first + check * STATES.length,
      );
    });
    return moved;
  }

  get entities(): number {
    return this.#counts[ENTITIES];
  }

  /** Entities of which nothing is known. */
  get unrated(): number {
    return this.#counts[UNRATED];
  }

  /** Entities that have points. */
  get withPoints(): number {
    return this.#counts[WITH_POINTS];
  }

  /** Mean share of the points over the entities that have any, 0 to 1; undefined where none has. */
  get meanPoints(): number | undefined {
    return this.#mean(POINTS, WITH_POINTS);
  }

  /** Mean share of what is known over the entities of which anything counts, 0 to 1; undefined where there is none. */
  get meanConfidence(): number | undefined {
    return this.#mean(CONFIDENCE, WITH_CONFIDENCE);
  }

  /** @param level - its position, -1 for none */
  entitiesAt(level: number): number {
    return this.#counts[positionOfLevel(level)];
  }

  /** How many entities have a check in which state; without those states that none has. */
  statesOf(check: number): Partial<Record<CheckState, number>> {
    const first = LEVELS + this.#shape.levels.length + check * STATES.length;
    const states: Partial<Record<CheckState, number>> = {};
    for (let index = 0; index < STATES.length; index += 1) {
      const count = this.#counts[first + index];
      if (count !== 0) states[STATES[index]] = count;
    }
    return states;
  }

  #mean(sum: number, entities: number): number | undefined {
    const count = this.#counts[entities];
    return count > 0 ? this.#counts[sum] / count / TEN_THOUSANDTHS : undefined;
  }

  /** By name; what is zero is not in it. */
  toCounts(): Record<string, number> {
    const named: Record<string, number> = {};
    const names = namesOf(this.#shape);
    for (let position = 0; position < names.length; position += 1) {
      const count = this.#counts[position];
      if (count !== 0) named[names[position]] = count;
    }
    return named;
  }
}
