import { Knex } from 'knex';

/** Most examples that are told. */
const EXAMPLES = 10;

/** The projections, each after those that it is made of. */
export const PROJECTION_NAMES = ['entities', 'results', 'rollups'] as const;

/** Names a projection. */
export type ProjectionName = (typeof PROJECTION_NAMES)[number];

/** How a projection compares with what it is made of. */
export interface ProjectionReport {
  projection: ProjectionName;
  /** How many things were compared, such as `entities`. */
  compared: number;
  /** How many of them are not what they should be. */
  differing: number;
  /** What some of those are. */
  examples: string[];
}

/** @see Projection */
export interface RebuildOptions {
  /** Whether to put right what differs; else nothing is changed. */
  isRepairing: boolean;
}

/** Tables that hold nothing but what follows from others. */
export interface Projection {
  readonly name: ProjectionName;
  /** Makes the projection anew, and compares it with the stored one. */
  rebuild(options: RebuildOptions): Promise<ProjectionReport>;
}

/** Counts what was compared, and what of it differs. */
export class Comparison {
  #compared = 0;
  readonly #differing = new Set<string>();

  static create(): Comparison {
    return new Comparison();
  }

  private constructor() {}

  /** @param count - of things that have been compared */
  saw(count: number): void {
    this.#compared += count;
  }

  /** @param what - a thing that differs; told again, it counts once */
  differs(what: string): void {
    this.#differing.add(what);
  }

  isEqual(): boolean {
    return this.#differing.size === 0;
  }

  report(projection: ProjectionName): ProjectionReport {
    return {
      projection,
      compared: this.#compared,
      differing: this.#differing.size,
      examples: [...this.#differing].slice(0, EXAMPLES),
    };
  }
}

/**
 * Makes changes, and keeps them only if they are wanted.
 *
 * @param work - says whether its changes are kept
 */
export async function rehearse(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<{ isKept: boolean }>,
): Promise<void> {
  const tx = await knex.transaction();
  try {
    const { isKept } = await work(tx);
    await (isKept ? tx.commit() : tx.rollback());
  } finally {
    if (!tx.isCompleted()) {
      await tx.rollback();
    }
  }
}
