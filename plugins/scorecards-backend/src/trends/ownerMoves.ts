import type { Cause } from '@waymark/scorecards-common';
import { Tally } from '../rollups/Tally';
import { add, isMove, Movement, Walk } from './walk';

/** How a group and the groups below it have moved. */
export interface OwnerMovement extends Movement {
  owner: string;
  risen: number;
  fallen: number;
  from: Tally;
  to: Tally;
  byCause: ReadonlyMap<Cause, Movement>;
}

interface Account {
  risen: number;
  fallen: number;
  byCause: Map<Cause, Movement>;
  /** Causes of entities that have come, or gone, or are known or unknown now. */
  others: Map<Cause, number>;
}

const TEN_THOUSANDTHS = 10_000;
/** What is left of adding up fractions. */
const NOTHING = 1e-6;

/** Whether the owner had the entity at both ends. */
const isOf = (
  { from, to }: Walk,
  owner: string,
  ownersOf: (placementId: number) => readonly string[],
) =>
  [from, to].every(
    ({ applies, placementId }) =>
      applies && ownersOf(placementId).includes(owner),
  );

/**
 * Explains by causes how the mean points of each owner have moved: what entities have moved that it had all along, and
 * what comes of having other ones.
 *
 * @param ownersOf - of a placement
 */
export function ownerMovements(
  walks: readonly Walk[],
  ownersOf: (placementId: number) => readonly string[],
  then: ReadonlyMap<string, Tally>,
  now: ReadonlyMap<string, Tally>,
): OwnerMovement[] {
  const accounts = new Map<string, Account>();
  for (const one of walks) {
    for (const owner of new Set([
      ...ownersOf(one.from.placementId),
      ...ownersOf(one.to.placementId),
    ])) {
      const account = accounts.get(owner) ?? {
        risen: 0,
        fallen: 0,
        byCause: new Map(),
        others: new Map(),
      };
      accounts.set(owner, account);
      book(account, one, isOf(one, owner, ownersOf));
    }
  }
  return [...accounts].flatMap(([owner, account]) => {
    const [from, to] = [then.get(owner), now.get(owner)];
    if (from?.meanPoints === undefined || to?.meanPoints === undefined) {
      return [];
    }
    return toMovement(owner, account, from, to);
  });
}

function book(account: Account, one: Walk, isCommon: boolean): void {
  const { byCause, others } = account;
  if (!isCommon || one.from.points === null || one.to.points === null) {
    others.set(one.to.cause, (others.get(one.to.cause) ?? 0) + 1);
  } else if (isMove(one)) {
    if (one.levels > 0) account.risen += 1;
    if (one.levels < 0) account.fallen += 1;
    one.byCause.forEach((movement, cause) => add(byCause, cause, movement));
  }
}

function toMovement(
  owner: string,
  { byCause, others, ...counts }: Account,
  from: Tally,
  to: Tally,
): OwnerMovement {
  const points = (to.meanPoints! - from.meanPoints!) * TEN_THOUSANDTHS;
  const shares = new Map<Cause, Movement>();
  let [levels, explained] = [0, 0];
  for (const [cause, movement] of byCause) {
    const share = movement.points / to.withPoints;
    add(shares, cause, { levels: movement.levels, points: share });
    levels += movement.levels;
    explained += share;
  }
  if (Math.abs(points - explained) > NOTHING) {
    const [[cause] = ['scope' as const]] = [...others].sort(
      ([, one], [, other]) => other - one,
    );
    add(shares, cause, { levels: 0, points: points - explained });
  }
  return { owner, ...counts, from, to, byCause: shares, levels, points };
}
