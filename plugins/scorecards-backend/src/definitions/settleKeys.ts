import { Adopted, DefinitionProblem } from './tables';
import { Proposal } from './seen';

/** What a definition has for itself alone, by path: no other in force may have the same. */
type KeysOf = (one: Proposal | Adopted) => Record<string, string>;

/** @see settleKeys */
export interface Settlement<P extends Proposal> {
  accepted: P[];
  refused: { proposal: P; problem: DefinitionProblem }[];
  /** Whether something accepted, or that stays, has a key of this definition. */
  isReplaced(gone: Adopted): boolean;
}

export const keysOf: KeysOf = ({ kind, name, spec }) => ({
  'metadata.name': name,
  ...(kind === 'FactSource' && 'id' in spec && { 'spec.id': spec.id }),
});

/**
 * Decides which of several definitions with the same name or id is applied: the one that has it already, else the first by
 * its ref.
 *
 * @param proposals - all of one kind
 * @param options.inForce - of that kind
 * @param options.staying - refs whose versions in force stay, since the catalog has nothing better
 */
export function settleKeys<P extends Proposal>(
  proposals: P[],
  options: { inForce: Adopted[]; staying: ReadonlySet<string> },
): Settlement<P> {
  const incumbents = new Map(options.inForce.map(one => [one.ref, one]));
  const staying = new Set(options.staying);
  const ranks = new Map(
    proposals.map(one => [one.ref, rankOf(one, incumbents.get(one.ref))]),
  );
  const ordered = [...proposals].sort(
    (a, b) => ranks.get(a.ref)! - ranks.get(b.ref)! || (a.ref < b.ref ? -1 : 1),
  );
  const refused: Settlement<P>['refused'] = [];
  for (;;) {
    const holders = new Map<string, string>();
    const claim = (one: Proposal | Adopted) =>
      entries(one).forEach(([, key]) => holders.set(key, one.ref));
    options.inForce.filter(({ ref }) => staying.has(ref)).forEach(claim);
    const accepted: P[] = [];
    const conflicts: Settlement<P>['refused'] = [];
    for (const proposal of ordered) {
      const conflict = entries(proposal).find(
        ([, key]) => (holders.get(key) ?? proposal.ref) !== proposal.ref,
      );
      if (staying.has(proposal.ref)) {
        // Its version in force has claimed already.
      } else if (conflict) {
        const [path, key] = conflict;
        conflicts.push({
          proposal,
          problem: {
            path,
            reason: `is that of ${holders.get(key)} already`,
          },
        });
      } else {
        claim(proposal);
        accepted.push(proposal);
      }
    }
    // A version in force that cannot be replaced stays, and others may be in its way then.
    const stuck = conflicts.find(({ proposal }) =>
      incumbents.has(proposal.ref),
    );
    if (!stuck) {
      return {
        accepted,
        refused: [...refused, ...conflicts],
        isReplaced: gone => entries(gone).some(([, key]) => holders.has(key)),
      };
    }
    refused.push(stuck);
    staying.add(stuck.proposal.ref);
  }
}

function entries(one: Proposal | Adopted): [path: string, key: string][] {
  return Object.entries(keysOf(one)).map(([path, value]) => [
    path,
    `${path} ${value}`,
  ]);
}

function rankOf(proposal: Proposal, incumbent: Adopted | undefined): number {
  if (!incumbent) {
    return 2;
  }
  const before = entries(incumbent).map(([, key]) => key);
  return entries(proposal).every(([, key]) => before.includes(key)) ? 0 : 1;
}
