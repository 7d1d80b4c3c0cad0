import {
  CheckState,
  LabCheck,
  LabEntity,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { stateOf as positionOfState, STATES } from '../rollups/Tally';
import { Compared } from '../simulation';

type Checks = ScorecardSpec['checks'];
type State = CheckState | null;
interface Pair {
  from: State;
  to: State;
  entities: number;
}

/** Where a check says nothing. */
const NONE = STATES.length;
const KINDS = STATES.length + 1;
const stateAt = (index: number): State => STATES[index] ?? null;

/** The checks of a proposal in its order, then those of today that it drops. */
export function checksOf(
  proposed: ScorecardSpec,
  today: ScorecardSpec | undefined,
): Checks {
  const ids = new Set(proposed.checks.map(({ id }) => id));
  const dropped = today?.checks.filter(({ id }) => !ids.has(id)) ?? [];
  return [...proposed.checks, ...dropped];
}

/** Reads the states of some checks, whatever their positions in a definition. */
export class StateReader {
  readonly #checks: readonly string[];
  readonly #positions = new Map<ScorecardSpec, Int32Array>();

  /** @param checks - their ids */
  static of(checks: readonly string[]): StateReader {
    return new StateReader(checks);
  }

  private constructor(checks: readonly string[]) {
    this.#checks = checks;
  }

  /** @param index - of one of the checks */
  stateOf(said: Compared['now'], index: number): State {
    return stateAt(this.indexOf(said, index));
  }

  /** Position among the states; the one behind the last where the check says nothing. */
  indexOf(said: Compared['now'], index: number): number {
    if (!said) return NONE;
    const { results, definition } = said;
    const position = this.#positionsIn(definition.spec)[index];
    return position < 0 ? NONE : positionOfState[results.charCodeAt(position)];
  }

  #positionsIn(spec: ScorecardSpec): Int32Array {
    let positions = this.#positions.get(spec);
    if (!positions) {
      const places = new Map(spec.checks.map(({ id }, place) => [id, place]));
      positions = Int32Array.from(this.#checks, id => places.get(id) ?? -1);
      this.#positions.set(spec, positions);
    }
    return positions;
  }
}

/** What all checks say of each entity. */
export function statesOf(
  compared: readonly Compared[],
  checks: Checks,
): LabEntity['checks'][] {
  const reader = StateReader.of(checks.map(({ id }) => id));
  return compared.map(({ now, then }) =>
    checks.map(({ id }, index) => ({
      check: id,
      from: reader.stateOf(now, index),
      to: reader.stateOf(then, index),
    })),
  );
}

/** Counts entities by what each check says of them, now and then. */
export function tallyChecks(
  compared: readonly Compared[],
  proposed: ScorecardSpec,
  today: ScorecardSpec | undefined,
): LabCheck[] {
  const checks = checksOf(proposed, today);
  const reader = StateReader.of(checks.map(({ id }) => id));
  const counts = new Int32Array(checks.length * KINDS * KINDS);
  for (const { now, then } of compared) {
    for (let check = 0; check < checks.length; check += 1) {
      const from = reader.indexOf(now, check);
      const to = reader.indexOf(then, check);
      counts[(check * KINDS + from) * KINDS + to] += 1;
    }
  }
  const isIn = (spec: ScorecardSpec | undefined, check: string) =>
    spec?.checks.some(({ id }) => id === check);
  return checks.map(({ id, title, level }, check) => {
    const pairs = pairsOf(counts.subarray(check * KINDS * KINDS));
    return {
      id,
      title,
      level,
      before: isIn(today, id) ? countsOf(pairs, 'from') : null,
      after: isIn(proposed, id) ? countsOf(pairs, 'to') : null,
      moves: pairs
        .filter(({ from, to }) => from !== to)
        .sort((a, b) => b.entities - a.entities),
    };
  });
}

function pairsOf(counts: Int32Array): Pair[] {
  const pairs: Pair[] = [];
  for (let from = 0; from < KINDS; from += 1) {
    for (let to = 0; to < KINDS; to += 1) {
      const entities = counts[from * KINDS + to];
      if (entities > 0) {
        pairs.push({ from: stateAt(from), to: stateAt(to), entities });
      }
    }
  }
  return pairs;
}

function countsOf(
  pairs: readonly Pair[],
  side: 'from' | 'to',
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const pair of pairs) {
    const state = pair[side];
    if (state !== null) counts[state] = (counts[state] ?? 0) + pair.entities;
  }
  return counts;
}
