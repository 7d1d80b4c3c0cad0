import { Ledger } from '@waymark/ledger-node';
import canonicalize from 'canonicalize';
import { Knex } from 'knex';
import { markDirty } from '../results/dirty';
import { AdoptionPlan } from './planAdoption';
import { Proposal, Seen } from './seen';
import { Adopted, DEFINITIONS, HEAD, HeadRow, REFUSALS } from './tables';

/** How many names are told as the cause of an evaluation. */
const NAMED = 3;

/** The part of the ledger that is written to. */
export type AdoptionLedger = Pick<Ledger, 'append'>;

/**
 * Writes what was decided, tells the ledger, and has every entity evaluated to which it may matter.
 *
 * @param options.generation - of the head, as it was when the decision was prepared
 * @returns false when somebody else has written meanwhile: the decision is to be thrown away
 */
export async function writeAdoption(
  tx: Knex.Transaction,
  plan: AdoptionPlan,
  options: { generation: number; now: Date; ledger: AdoptionLedger },
): Promise<boolean> {
  const { generation, now, ledger } = options;
  const moved = await tx(HEAD)
    .where({ id: 1, generation })
    .update({ generation: generation + 1 });
  if (moved !== 1) {
    return false;
  }
  const head: HeadRow = await tx(HEAD).where({ id: 1 }).first();
  // Intervals never begin before the last recorded instant, even when the clock went back.
  const at = new Date(Math.max(now.getTime(), Number(head.recorded_at)));
  await writeIntervals(tx, plan, at);
  await writeRefusals(tx, plan, at);
  for (const entry of ledgerEntries(plan)) {
    await ledger.append(tx, entry, at);
  }
  const { adopted, ended, gone, returned } = plan;
  if (adopted.length + ended.length + gone.length + returned.length > 0) {
    await tx(HEAD)
      .where({ id: 1 })
      .update({ version: head.version + 1, recorded_at: at.getTime() });
  }
  const changed = namesThatMatter(plan);
  if (changed.length > 0) {
    // Every living entity, also those that a scorecard does not apply to: they may be those that it applied to before.
    await markDirty(
      tx,
      { entityIds: 'all', cause: 'definition', detail: inWords(changed) },
      at,
    );
  }
  return true;
}

async function writeIntervals(
  tx: Knex.Transaction,
  plan: AdoptionPlan,
  at: Date,
): Promise<void> {
  const over = [
    ...plan.ended.map(({ definition }) => definition),
    ...plan.adopted.flatMap(({ replaces }) => replaces ?? []),
  ];
  const update = (some: Adopted[], values: object) =>
    tx(DEFINITIONS)
      .whereIn(
        'id',
        some.map(({ id }) => id),
      )
      .update(values);
  await update(over, { valid_to: at.getTime() });
  await update(plan.gone, { gone_since: at.getTime() });
  await update(plan.returned, { gone_since: null });
  for (const { proposal } of plan.adopted) {
    await tx(DEFINITIONS).insert({
      ...identityOf(proposal),
      spec: canonicalize(proposal.spec),
      valid_from: at.getTime(),
    });
  }
}

async function writeRefusals(
  tx: Knex.Transaction,
  { refused, admitted }: AdoptionPlan,
  at: Date,
): Promise<void> {
  await tx(REFUSALS).whereIn('ref', admitted).delete();
  for (const seen of refused) {
    await tx(REFUSALS)
      .insert({
        ...identityOf(seen),
        location: seen.location ?? null,
        problems: JSON.stringify(seen.problems),
        refused_at: at.getTime(),
      })
      .onConflict('ref')
      .merge();
  }
}

function identityOf({ ref, kind, name, title, description, hash }: Seen) {
  return { ref, kind, name, title, description: description ?? null, hash };
}

function ledgerEntries({ adopted, ended }: AdoptionPlan) {
  return [
    ...ended.map(({ definition: { kind, name, ref, hash }, reason }) => ({
      type: 'definition.ended',
      record: { kind, name, ref, hash, reason },
    })),
    ...adopted.map(({ proposal, replaces }) => ({
      type: 'definition.adopted',
      record: {
        kind: proposal.kind,
        name: proposal.name,
        ref: proposal.ref,
        hash: proposal.hash,
        location: proposal.location ?? null,
        replaces: replaces?.hash ?? null,
      },
    })),
  ];
}

// Another title changes no result.
function namesThatMatter({ adopted, ended }: AdoptionPlan): string[] {
  const specOf = ({ spec }: Proposal | Adopted) => canonicalize(spec);
  return [
    ...ended.map(({ definition }) => definition.name),
    ...adopted
      .filter(
        ({ proposal, replaces }) =>
          !replaces || specOf(proposal) !== specOf(replaces),
      )
      .map(({ proposal }) => proposal.name),
  ];
}

function inWords(names: string[]): string {
  return names.length > NAMED
    ? `${names.length} definitions`
    : [...new Set(names)].sort().join(', ');
}
