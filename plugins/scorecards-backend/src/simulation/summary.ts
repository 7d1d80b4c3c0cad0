import { SimulationSummary, Transition } from '@waymark/scorecards-common';

const MOST_OWNERS = 20;
const ORDER: readonly Transition['direction'][] = [
  'down',
  'leaves',
  'up',
  'enters',
  'same',
];

/** Sorts those that fall first, then by ref; also what a page begins after. */
export const placeOf = ({ direction, entityRef }: Transition) =>
  `${ORDER.indexOf(direction)} ${entityRef}`;

/** What all transitions come to. */
export function summaryOf(
  transitions: readonly Transition[],
  counts: { entities: number; before: number },
): SimulationSummary {
  const towards = (direction: Transition['direction']) =>
    transitions.filter(one => one.direction === direction).length;
  const owners = ownersOf(transitions);
  return {
    ...counts,
    changed: transitions.length,
    up: towards('up'),
    down: towards('down'),
    enters: towards('enters'),
    leaves: towards('leaves'),
    teams: owners.filter(({ owner }) => owner !== null).length,
    levels: levelsOf(transitions),
    owners: owners.slice(0, MOST_OWNERS),
  };
}

function levelsOf(
  transitions: readonly Transition[],
): SimulationSummary['levels'] {
  const moves = new Map<string, SimulationSummary['levels'][number]>();
  for (const { from, to, direction } of transitions) {
    if (direction === 'same') continue;
    const key = JSON.stringify([from?.level, to?.level, direction]);
    const move = moves.get(key) ?? {
      from: from?.level ?? null,
      fromTitle: from?.levelTitle ?? null,
      to: to?.level ?? null,
      toTitle: to?.levelTitle ?? null,
      direction,
      entities: 0,
    };
    move.entities += 1;
    moves.set(key, move);
  }
  return [...moves.values()].sort((a, b) => b.entities - a.entities);
}

function ownersOf(
  transitions: readonly Transition[],
): SimulationSummary['owners'] {
  const owners = new Map<string | null, SimulationSummary['owners'][number]>();
  for (const { owner = null, direction } of transitions) {
    const counts = owners.get(owner) ?? { owner, changed: 0, up: 0, down: 0 };
    counts.changed += 1;
    if (direction === 'up') counts.up += 1;
    if (direction === 'down') counts.down += 1;
    owners.set(owner, counts);
  }
  return [...owners.values()].sort(
    (a, b) => b.changed - a.changed || b.down - a.down,
  );
}
