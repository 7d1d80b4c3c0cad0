import {
  CheckState,
  LabCheck,
  LabEntity,
  ScorecardSpec,
  unpackResults,
} from '@waymark/scorecards-common';
import { Compared } from '../simulation';

type State = CheckState | null;

/** The checks of a proposal in its order, then those of today that it drops. */
export function checksOf(
  proposed: ScorecardSpec,
  today: ScorecardSpec | undefined,
): ScorecardSpec['checks'] {
  const ids = new Set(proposed.checks.map(({ id }) => id));
  const dropped = today?.checks.filter(({ id }) => !ids.has(id)) ?? [];
  return [...proposed.checks, ...dropped];
}

const positions = new WeakMap<ScorecardSpec, ReadonlyMap<string, number>>();

function positionOf(spec: ScorecardSpec, check: string): number | undefined {
  let known = positions.get(spec);
  if (!known) {
    known = new Map(spec.checks.map(({ id }, index) => [id, index]));
    positions.set(spec, known);
  }
  return known.get(check);
}

/** What a check says, now or then. */
export function stateOf(
  said: Compared['now'],
  check: string,
): CheckState | null {
  const position = said && positionOf(said.definition.spec, check);
  return position === undefined
    ? null
    : unpackResults(said!.results[position])[0].state;
}

/** What all checks say of one entity. */
export const statesOf = (
  { now, then }: Compared,
  checks: ScorecardSpec['checks'],
): LabEntity['checks'] =>
  checks.map(({ id }) => ({
    check: id,
    from: stateOf(now, id),
    to: stateOf(then, id),
  }));

/** Counts entities by what each check says of them, now and then. */
export function tallyChecks(
  compared: readonly Compared[],
  proposed: ScorecardSpec,
  today: ScorecardSpec | undefined,
): LabCheck[] {
  return checksOf(proposed, today).map(({ id, title, level }) => {
    const pairs = new Map<
      string,
      { from: State; to: State; entities: number }
    >();
    for (const { now, then } of compared) {
      const from = stateOf(now, id);
      const to = stateOf(then, id);
      const key = `${from} ${to}`;
      const pair = pairs.get(key);
      if (pair) pair.entities += 1;
      else pairs.set(key, { from, to, entities: 1 });
    }
    const all = [...pairs.values()];
    const isThere = (spec: ScorecardSpec | undefined) =>
      spec && positionOf(spec, id) !== undefined;
    return {
      id,
      title,
      level,
      before: isThere(today) ? countsOf(all, 'from') : null,
      after: isThere(proposed) ? countsOf(all, 'to') : null,
      moves: all
        .filter(({ from, to }) => from !== to)
        .sort((a, b) => b.entities - a.entities),
    };
  });
}

function countsOf(
  pairs: readonly { from: State; to: State; entities: number }[],
  side: 'from' | 'to',
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const pair of pairs) {
    const state = pair[side];
    if (state !== null) counts[state] = (counts[state] ?? 0) + pair.entities;
  }
  return counts;
}
