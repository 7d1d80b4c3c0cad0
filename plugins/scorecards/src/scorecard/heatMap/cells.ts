import { CheckState, RollupRow } from '@waymark/scorecards-common';

/** What a check says of the entities of a row. */
export interface Cell {
  check: string;
  passed: number;
  /** Of which it is known whether they pass. */
  known: number;
  /** From 0 to 1; undefined where nothing is known. */
  share?: number;
  /** What is neither: never hidden in the share. */
  others: { state: CheckState; entities: number }[];
}

const OTHERS: CheckState[] = ['unknown', 'exempt', 'upcoming', 'notApplicable'];

/** What is shown of a check in a row of the heat map. */
export function cellOf({ id, states }: RollupRow['checks'][number]): Cell {
  const count = (state: CheckState) => states[state] ?? 0;
  const passed = count('pass') + count('warn');
  const known = passed + count('fail');
  return {
    check: id,
    passed,
    known,
    ...(known > 0 && { share: passed / known }),
    others: OTHERS.map(state => ({ state, entities: count(state) })).filter(
      ({ entities }) => entities > 0,
    ),
  };
}

/** A row of the heat map with its place in the tree of owners. */
export interface TreeRow {
  row: RollupRow;
  depth: number;
  /** Keys of the rows above it, the highest first. */
  above: string[];
  hasChildren: boolean;
}

/**
 * Puts each group below its parent. Groups whose parent has no row begin a tree of their own; nobody is lost, whatever
 * the parents say.
 */
export function ownerTree(
  rows: readonly RollupRow[],
  parentOf: (key: string) => string | undefined,
): TreeRow[] {
  const byKey = new Map(rows.map(row => [row.key ?? '', row]));
  const childrenOf = new Map<string, string[]>();
  const roots: string[] = [];
  for (const key of byKey.keys()) {
    const parent = parentOf(key);
    if (parent !== undefined && parent !== key && byKey.has(parent)) {
      childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), key]);
    } else {
      roots.push(key);
    }
  }
  const placed = new Map<string, TreeRow>();
  const place = (key: string, above: string[]) => {
    if (placed.has(key)) return;
    const children = childrenOf.get(key) ?? [];
    placed.set(key, {
      row: byKey.get(key)!,
      depth: above.length,
      above,
      hasChildren: children.length > 0,
    });
    for (const child of children) place(child, [...above, key]);
  };
  for (const key of roots) place(key, []);
  // Groups that are each other's parents have no root.
  for (const key of byKey.keys()) place(key, []);
  return [...placed.values()];
}
