/** A quantity that is measured, and what its median must not exceed. */
export interface Figure {
  /** What is measured, in words. */
  readonly name: string;
  /** Unit of the limit and of every sample: seconds or milliseconds. */
  readonly unit: 's' | 'ms';
  readonly limit: number;
}

/** Everything that is promised, in the order in which it is published. */
export const FIGURES = {
  freshClone: {
    name: 'fresh clone to a usable page, warm caches',
    unit: 's',
    limit: 240,
  },
  secondStart: { name: 'second start', unit: 's', limit: 20 },
  homePage: { name: 'home page interactive', unit: 'ms', limit: 2000 },
  catalogPage: { name: 'catalog page interactive', unit: 'ms', limit: 2000 },
  componentPage: {
    name: 'component page interactive',
    unit: 'ms',
    limit: 2000,
  },
  groupPage: { name: 'group page interactive', unit: 'ms', limit: 2000 },
  push: { name: 'from git push to the changed page', unit: 's', limit: 5 },
} as const satisfies Record<string, Figure>;

/** Names a figure in results. */
export type FigureId = keyof typeof FIGURES;

/** Collects the samples of a suite and tells of each as it is taken. */
export class Samples {
  readonly #taken = new Map<FigureId, number[]>();
  readonly #tell: (line: string) => void;

  static create(tell: (line: string) => void): Samples {
    return new Samples(tell);
  }

  private constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  /** @param value in the figure's unit */
  add(id: FigureId, value: number): void {
    const taken = this.#taken.get(id) ?? [];
    this.#taken.set(id, [...taken, value]);
    this.#tell(`${FIGURES[id].name} ${taken.length + 1}: ${inUnit(id, value)}`);
  }

  /** Tells what goes on without a figure. */
  remark(text: string): void {
    this.#tell(text);
  }

  /** In the order in which they were taken. */
  all(): Partial<Record<FigureId, number[]>> {
    return Object.fromEntries(this.#taken);
  }
}

/** A value as it is printed: tenths of seconds, whole milliseconds. */
export function inUnit(id: FigureId, value: number): string {
  const { unit } = FIGURES[id];
  return `${value.toFixed(unit === 's' ? 1 : 0)} ${unit}`;
}
