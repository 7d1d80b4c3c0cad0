import { DefinitionsInForce } from './DefinitionStore';
import { powerlessApprovers } from './powerlessApprovers';
import { RuleChecks } from './RuleChecks';
import { Proposal, proposalsOf, Seen } from './seen';
import { settleKeys } from './settleKeys';
import {
  Adopted,
  DefinitionKindName,
  DefinitionProblem,
  Refusal,
} from './tables';

/** P1D: what vanishes by mistake can be brought back meanwhile. */
const GRACE_MILLIS = 86_400_000;

/** What there is to decide on. */
export interface AdoptionView {
  /** All definitions that the catalog has. */
  seen: Seen[];
  inForce: DefinitionsInForce;
  refusals: Refusal[];
  now: Date;
  /** Refs of the groups whose members only look; none when absent. */
  auditors?: ReadonlySet<string>;
}

/** What changes. */
export interface AdoptionPlan {
  adopted: { proposal: Proposal; replaces?: Adopted }[];
  ended: { definition: Adopted; reason: 'vanished' | 'replaced' }[];
  /** Seen no more, from now on. */
  gone: Adopted[];
  /** Were gone, and are there again unchanged. */
  returned: Adopted[];
  /** Those whose refusal is new or says something else than before. */
  refused: Seen[];
  /** Refs that were refused and are not any more. */
  admitted: string[];
}

/** Whether there is nothing to write. */
export function isEmpty(plan: AdoptionPlan): boolean {
  return Object.values(plan).every(list => list.length === 0);
}

/**
 * Decides what is applied from now on. A definition that is wrong changes nothing: what was in force under its ref stays. Fact
 * sources come first, since scorecards are checked against those that will be in force.
 */
export async function planAdoption(
  view: AdoptionView,
  checks: RuleChecks,
): Promise<AdoptionPlan> {
  const problems = new Map(view.seen.map(one => [one.ref, one.problems]));
  const blame = (ref: string, more: DefinitionProblem[]) =>
    problems.set(ref, [...problems.get(ref)!, ...more]);
  const decide = <K extends DefinitionKindName>(
    proposals: Proposal<K>[],
    inForce: Adopted<K>[],
  ) => {
    const decision = decideKind(proposals, inForce, view);
    decision.refused.forEach(({ proposal, problem }) =>
      blame(proposal.ref, [problem]),
    );
    return decision;
  };

  const sources = decide(
    proposalsOf('FactSource', view.seen),
    view.inForce.factSources,
  );
  const scorecards = proposalsOf('Scorecard', view.seen);
  const unfit = await checks.check(scorecards, sources.next);
  const faults = new Map(
    scorecards.map(({ ref, spec }) => [
      ref,
      [
        ...unfit.get(ref)!,
        ...powerlessApprovers(spec, view.auditors ?? new Set()),
      ],
    ]),
  );
  faults.forEach((some, ref) => blame(ref, some));
  const cards = decide(
    scorecards.filter(({ ref }) => faults.get(ref)!.length === 0),
    view.inForce.scorecards,
  );

  const refused = view.seen
    .map(one => ({ ...one, problems: problems.get(one.ref)! } as Seen))
    .filter(one => one.problems.length > 0);
  const refusedNow = new Set(refused.map(({ ref }) => ref));
  const before = new Map(view.refusals.map(one => [one.ref, one]));
  return {
    adopted: [...sources.adopted, ...cards.adopted],
    ended: [...sources.ended, ...cards.ended],
    gone: [...sources.gone, ...cards.gone],
    returned: [...sources.returned, ...cards.returned],
    refused: refused.filter(one => !isSame(one, before.get(one.ref))),
    admitted: [...before.keys()].filter(ref => !refusedNow.has(ref)),
  };
}

function decideKind<K extends DefinitionKindName>(
  proposals: Proposal<K>[],
  inForce: Adopted<K>[],
  { seen, now }: AdoptionView,
) {
  const present = new Set(seen.map(({ ref }) => ref));
  const proposed = new Set(proposals.map(({ ref }) => ref));
  const { accepted, refused, isReplaced } = settleKeys(proposals, {
    inForce,
    staying: new Set(
      inForce
        .map(({ ref }) => ref)
        .filter(ref => present.has(ref) && !proposed.has(ref)),
    ),
  });
  const incumbents = new Map(inForce.map(one => [one.ref, one]));
  const adopted = accepted
    .map(proposal => ({ proposal, replaces: incumbents.get(proposal.ref) }))
    .filter(({ proposal, replaces }) => proposal.hash !== replaces?.hash);
  const renewed = new Set(adopted.map(({ proposal }) => proposal.ref));

  const missing = inForce.filter(({ ref }) => !present.has(ref));
  const ended = missing.flatMap((definition): AdoptionPlan['ended'] => {
    if (isReplaced(definition)) {
      return [{ definition, reason: 'replaced' }];
    }
    const { goneSince } = definition;
    return goneSince && now.getTime() - goneSince.getTime() >= GRACE_MILLIS
      ? [{ definition, reason: 'vanished' }]
      : [];
  });
  const over = new Set(ended.map(({ definition }) => definition.ref));
  const stays = ({ ref }: Adopted) => !over.has(ref) && !renewed.has(ref);
  return {
    refused,
    adopted,
    ended,
    gone: missing.filter(one => stays(one) && !one.goneSince),
    returned: inForce.filter(
      one => stays(one) && one.goneSince && present.has(one.ref),
    ),
    next: [
      ...inForce.filter(stays),
      ...adopted.map(({ proposal }) => proposal),
    ],
  };
}

function isSame(seen: Seen, before: Refusal | undefined): boolean {
  return (
    before !== undefined &&
    before.hash === seen.hash &&
    before.location === seen.location &&
    JSON.stringify(before.problems) === JSON.stringify(seen.problems)
  );
}
