import { FactCollector } from '@waymark/scorecards-node';
import { Duration } from 'luxon';
import { AdoptedFactSource } from '../intake/sources';

const DEFAULT_TIMEOUT_MILLIS = 10 * 60_000;

const millis = (duration: string) => Duration.fromISO(duration).toMillis();

/** What Git says of when and for whom a collector runs. */
export interface CollectorPlan {
  /** Which versions of its fact sources are in force; empty when none is. */
  definitions: string;
  /** Undefined: it runs when something happens, and not by the clock. */
  frequencyMillis: number | undefined;
  timeoutMillis: number;
  initialDelayMillis: number;
}

/** Reads the plan of a collector from its fact sources: the most frequent schedule, and the most generous time. */
export function planOf(
  collector: Pick<FactCollector, 'sources'>,
  factSources: AdoptedFactSource[],
): CollectorPlan {
  const own = factSources
    .filter(({ spec }) => collector.sources.includes(spec.id))
    .sort((a, b) => a.id - b.id);
  const schedules = own.flatMap(({ spec }) => spec.schedule ?? []);
  const frequencies = schedules.map(({ frequency }) => millis(frequency));
  return {
    definitions: own.map(({ id, spec }) => `${spec.id}@${id}`).join(' '),
    frequencyMillis:
      frequencies.length > 0 ? Math.min(...frequencies) : undefined,
    timeoutMillis:
      schedules.length > 0
        ? Math.max(...schedules.map(({ timeout }) => millis(timeout)))
        : DEFAULT_TIMEOUT_MILLIS,
    initialDelayMillis: Math.max(
      0,
      ...schedules.flatMap(({ initialDelay }) =>
        initialDelay === undefined ? [] : millis(initialDelay),
      ),
    ),
  };
}
