import type { Place } from './openEngine';
import type { Size } from './population';
import type { FullRun } from './runEngine';

/** What a process of the benchmark is to do, as its argument in JSON. */
export interface Task {
  readonly what: 'populate' | 'measure' | 'read' | 'past' | 'lab';
  /** Where to listen, for `read`, `past` and `lab`. */
  readonly port?: number;
  readonly place: Place;
  readonly size: Size;
}

/** By name, all samples in ms. */
export type Reads = Readonly<Record<string, readonly number[]>>;

/** Over everything that was ever said. */
export const TREND = 'trend of a scorecard';
/** Since the scorecard was eased. */
export const MOVERS = 'movers of a scorecard';

/** One request over HTTP. */
export interface Timed {
  readonly ms: number;
  /** Processor time of the process that answers, its threads included, in ms. */
  readonly cpuMs: number;
  /** Entities of which something else would be said. */
  readonly changed: number;
}

/** What editing a scorecard takes. */
export interface LabReport {
  readonly simulations: readonly Timed[];
  readonly first: Timed;
  readonly next: readonly Timed[];
}

/** What a process of the benchmark has measured. */
export interface EngineReport {
  readonly cold: FullRun;
  /** Most memory of the process until everything was evaluated, in MB. */
  readonly coldMemory: number;
  readonly eased: FullRun;
  readonly unchanged: FullRun & { readonly changedFacts: number };
  readonly foldSeconds: number;
  /** Of all tables and their indexes, in MB. */
  readonly storage: number;
  /** From a fact that is pushed to its result, in ms. */
  readonly pushes: readonly number[];
  /** Of the stores. */
  readonly reads: Reads;
}
