/** A quantity that is measured, and the bound that its median must keep. */
export interface Figure {
  /** What is measured, in words. */
  readonly name: string;
  /** Unit of the limit and of every sample: seconds, milliseconds, megabytes, rows, or how many times as fast. */
  readonly unit: 's' | 'ms' | 'MB' | 'rows' | '×';
  /** At most this, or at least this of what is counted in times. */
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
  rulesToJsonRulesEngine: {
    name: 'rules evaluated, against json-rules-engine',
    unit: '×',
    limit: 100,
  },
  rulesToCelLibraries: {
    name: 'rules evaluated, against the fastest CEL library',
    unit: '×',
    limit: 3,
  },
  engineCold: {
    name: '10,000 components × 20 checks, cold, PostgreSQL',
    unit: 's',
    limit: 0.7,
  },
  engineMemory: {
    name: '10,000 × 20, memory',
    unit: 'MB',
    limit: 400,
  },
  enginePush: {
    name: '10,000 × 20, pushed fact to result, p95',
    unit: 'ms',
    limit: 50,
  },
  simulate: {
    name: '10,000 components, a whole scorecard simulated',
    unit: 'ms',
    limit: 1_000,
  },
  labFirst: {
    name: '10,000 components, first answer of the rule lab',
    unit: 'ms',
    limit: 1_000,
  },
  labNext: {
    name: '10,000 components, next answer of the rule lab',
    unit: 'ms',
    limit: 500,
  },
  scorecardPage: {
    name: '10,000 components, page of a scorecard interactive',
    unit: 'ms',
    limit: 1500,
  },
  drillDown: {
    name: '10,000 components, from a cell of the heat map to the entities',
    unit: 'ms',
    limit: 300,
  },
  largeEngineCold: {
    name: '100,000 components × 100 checks, cold, PostgreSQL',
    unit: 's',
    limit: 60,
  },
  largeEngineMemory: {
    name: '100,000 × 100, memory',
    unit: 'MB',
    limit: 1_000,
  },
  largeEngineRows: {
    name: '100,000 × 100, rows of results',
    unit: 'rows',
    limit: 1_000_000,
  },
  largeEngineStorage: {
    name: '100,000 × 100, storage of everything',
    unit: 'MB',
    limit: 500,
  },
  largeEngineDelay: {
    name: '100,000 × 100, event loop during the cold run, p99',
    unit: 'ms',
    limit: 50,
  },
  largeEngineUnchanged: {
    name: '100,000 × 100, rows written when nothing has changed',
    unit: 'rows',
    limit: 0,
  },
  largeEnginePush: {
    name: '100,000 × 100, pushed fact to result, p95',
    unit: 'ms',
    limit: 250,
  },
  largeEngineScores: {
    name: '100,000 × 100, scores of one entity read, p95',
    unit: 'ms',
    limit: 8,
  },
  largeEngineReads: {
    name: '100,000 × 100, slowest read behind a page, p95',
    unit: 'ms',
    limit: 100,
  },
  largeEngineTrend: {
    name: '100,000 × 100, trend over all results, p95',
    unit: 'ms',
    limit: 100,
  },
  largeEngineMovers: {
    name: '100,000 × 100, movers after 10,000 changes, p95',
    unit: 'ms',
    limit: 100,
  },
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

/** Whether a median keeps the bound of its figure. */
export function isKept(id: FigureId, value: number): boolean {
  const { unit, limit } = FIGURES[id];
  return unit === '×' ? value >= limit : value <= limit;
}

/** The bound of a figure in words. */
export function promiseOf(id: FigureId): string {
  const { unit, limit } = FIGURES[id];
  const bound = inUnit(id, limit).replace('.0', '');
  return `${unit === '×' ? 'at least' : 'at most'} ${bound}`;
}

const DECIMALS: Record<Figure['unit'], number> = {
  s: 1,
  ms: 0,
  MB: 0,
  rows: 0,
  '×': 1,
};

/** A value as it is printed: tenths of seconds and of times, everything else in whole numbers. */
export function inUnit(id: FigureId, value: number): string {
  const { unit } = FIGURES[id];
  return `${value.toFixed(DECIMALS[unit])} ${unit}`;
}
