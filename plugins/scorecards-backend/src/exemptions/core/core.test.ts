import fc from 'fast-check';
import {
  approve,
  canDecide,
  canWithdraw,
  checkExpiry,
  DAY_MILLIS,
  pendingApprovals,
  reject,
  renew,
  renewalProblem,
  request,
  revoke,
  stateAt,
  withdraw,
} from './decide';
import { due, nextAt, toLookAt } from './due';
import { Approver, Exemption } from './Exemption';

const START = Date.parse('2026-03-01T12:00:00Z');
const PEOPLE = ['user:default/ann', 'user:default/bob', 'user:default/cas'];
const GROUPS = ['group:default/platform', 'group:default/security'];

const aRequest = (more: Partial<Exemption> = {}): Exemption =>
  request({
    id: 'an-id',
    scorecard: 'readiness',
    check: 'tested',
    kind: 'entities',
    reason: 'No time',
    compensatingControl: 'By hand',
    plan: 'Next month',
    owner: 'group:default/checkout',
    requestedBy: PEOPLE[0],
    requestedAt: START,
    expiresAt: START + 30 * DAY_MILLIS,
    approvals: [{ group: GROUPS[0], because: 'owner' }],
    ...more,
    subjects: [1, 2].map(entityId => ({
      entityId,
      ref: `component:default/c${entityId}`,
    })),
  });

const as = (by: string, ...groups: string[]): Approver => ({
  by,
  groups: new Map(groups.map(group => [group, { delegate: false }])),
});
const bob = as(PEOPLE[1], ...GROUPS);
const approved = (more: Partial<Exemption> = {}) =>
  approve(aRequest(more), bob, { at: START + 1 });
const days = (count: number) => START + count * DAY_MILLIS;
const NOBODY = new Map<number, undefined>();

/** Something that somebody tries, or that time does. */
type Try = (exemption: Exemption, at: number) => Exemption;
const approver = fc
  .tuple(fc.constantFrom(...PEOPLE), fc.subarray(GROUPS))
  .map(([by, groups]) => as(by, ...groups));
const attempt: fc.Arbitrary<Try> = fc.oneof(
  approver.map(who => (e: Exemption, at: number) => approve(e, who, { at })),
  approver.map(
    who => (e: Exemption, at: number) => reject(e, who, { at, comment: 'No' }),
  ),
  fc
    .constantFrom(...PEOPLE)
    .map(by => (e: Exemption, at: number) => withdraw(e, { by, at })),
  fc
    .tuple(
      fc.constantFrom(...PEOPLE),
      fc.integer({ min: 1, max: 60 }),
      fc.subarray(GROUPS, { minLength: 1 }),
    )
    .map(
      ([by, more, groups]) =>
        (e: Exemption, at: number) =>
          renew(e, {
            requestedBy: by,
            requestedAt: at,
            expiresAt: at + more * DAY_MILLIS,
            reason: 'More',
            approvals: groups.map(group => ({
              group,
              because: 'owner' as const,
            })),
          }),
    ),
  fc
    .constantFrom(undefined, ['component:default/c1'])
    .map(
      subjects => (e: Exemption, at: number) =>
        revoke(e, { by: PEOPLE[1], at, subjects, comment: 'Over' }),
    ),
  fc
    .option(fc.integer({ min: 0, max: 20 }), { nil: undefined })
    .map(ago => (e: Exemption, at: number) => {
      const since = ago === undefined ? undefined : at - ago * DAY_MILLIS;
      return due(e, new Map(toLookAt(e, at).map(id => [id, since])), at);
    }),
);

/** Takes what is allowed of some attempts, with time between them, and gives each exemption on the way. */
function play(
  approvals: Exemption['approvals'],
  attempts: readonly [Try, number][],
): { before: Exemption; after: Exemption; at: number }[] {
  let at = START;
  let exemption = aRequest({ approvals });
  const taken = [];
  for (const [take, hours] of attempts) {
    at += hours * 3_600_000;
    let after: Exemption;
    try {
      after = take(exemption, at);
    } catch (error) {
      expect((error as Error).name).toMatch(
        /^(ConflictError|NotAllowedError|InputError)$/,
      );
      continue;
    }
    taken.push({ before: exemption, after, at });
    exemption = after;
  }
  return taken;
}

const games = fc.record({
  approvals: fc
    .subarray(GROUPS, { minLength: 1 })
    .map(groups => groups.map(group => ({ group, because: 'owner' as const }))),
  attempts: fc.array(
    fc.tuple(attempt, fc.constantFrom(0, 1, 24, 24 * 7, 24 * 20)),
    { maxLength: 25 },
  ),
});

describe('exemptions, whatever is tried', () => {
  const NEXT: Record<string, string[]> = {
    requested: ['requested', 'approved', 'rejected', 'withdrawn', 'expired'],
    approved: ['approved', 'expired', 'revoked'],
    rejected: ['rejected'],
    withdrawn: ['withdrawn'],
    expired: ['expired'],
    revoked: ['revoked'],
  };

  it('take only the steps that there are, never forget one, and end for good', () => {
    fc.assert(
      fc.property(games, ({ approvals, attempts }) => {
        for (const { before, after } of play(approvals, attempts)) {
          expect(NEXT[before.state]).toContain(after.state);
          expect(after.steps.slice(0, before.steps.length)).toEqual(
            before.steps,
          );
          expect(after.renewals).toBeLessThanOrEqual(2);
          expect(
            after.renewal === undefined || after.state === 'approved',
          ).toBe(true);
          for (const { state, endedAt } of after.subjects) {
            expect(endedAt === undefined).toBe(
              state === 'requested' || state === 'approved',
            );
          }
          const living = after.subjects.some(
            ({ endedAt }) => endedAt === undefined,
          );
          expect(living).toBe(
            after.state === 'requested' || after.state === 'approved',
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are in force only by every approval that is asked for, none of them by who has asked', () => {
    fc.assert(
      fc.property(games, ({ approvals, attempts }) => {
        const granted = play(approvals, attempts).filter(
          ({ before, after }) =>
            (before.state === 'requested' && after.state === 'approved') ||
            after.renewals > before.renewals,
        );
        for (const { before, after } of granted) {
          const asked = before.renewal?.approvals ?? approvals;
          expect(after.approvals.map(({ group }) => group)).toEqual(
            asked.map(({ group }) => group),
          );
          const authors = [after.requestedBy, before.renewal?.requestedBy];
          for (const { by } of after.approvals) {
            expect(by).toBeDefined();
            expect(authors).not.toContain(by);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never last longer than was approved, and are looked at no later than they end', () => {
    fc.assert(
      fc.property(games, ({ approvals, attempts }) => {
        for (const { before, after, at } of play(approvals, attempts)) {
          const isRenewed = after.renewals > before.renewals;
          expect(after.expiresAt).toBe(
            isRenewed ? before.renewal!.expiresAt : before.expiresAt,
          );
          const isOpen =
            after.state === 'requested' || after.state === 'approved';
          const next = nextAt(after);
          expect(next === undefined).toBe(!isOpen);
          expect(next ?? 0).toBeLessThanOrEqual(after.expiresAt);
          const settled = due(
            after,
            new Map(toLookAt(after, at).map(id => [id, undefined])),
            at,
          );
          expect(nextAt(settled) ?? Infinity).toBeGreaterThan(at);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('can be decided by exactly those of whom it is said that they can', () => {
    fc.assert(
      fc.property(games, approver, ({ approvals, attempts }, who) => {
        for (const { after, at } of play(approvals, attempts)) {
          const succeeds = (take: () => unknown) => {
            try {
              take();
              return true;
            } catch {
              return false;
            }
          };
          expect(canDecide(after, who, at)).toEqual({
            approve: succeeds(() => approve(after, who, { at })),
            reject: succeeds(() => reject(after, who, { at, comment: 'No' })),
          });
          expect(canWithdraw(after, at)).toBe(
            succeeds(() => withdraw(after, { by: who.by, at })),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an exemption', () => {
  it('is not approved by who has asked for it, nor by who belongs to no group that is asked', () => {
    expect(() =>
      approve(aRequest(), as(PEOPLE[0], ...GROUPS), { at: START }),
    ).toThrow('You may not approve what you have asked for yourself');
    expect(() =>
      approve(aRequest(), as(PEOPLE[1], GROUPS[1]), { at: START }),
    ).toThrow('You may not approve this: that is for group:default/platform');
  });

  it('waits for each group, and says which ones have approved', () => {
    const both = aRequest({
      approvals: GROUPS.map(group => ({ group, because: 'owner' })),
    });
    const half = approve(both, as(PEOPLE[1], GROUPS[0]), { at: START });
    expect([half.state, pendingApprovals(half).map(({ by }) => by)]).toEqual([
      'requested',
      [PEOPLE[1], undefined],
    ]);
    expect(() =>
      approve(half, as(PEOPLE[2], GROUPS[0]), { at: START }),
    ).toThrow('others are still to approve');
    expect(approve(half, as(PEOPLE[2], GROUPS[1]), { at: START }).state).toBe(
      'approved',
    );
  });

  it('expires at its instant whether or not anybody looked', () => {
    const exemption = approved();
    const end = exemption.expiresAt;
    expect(stateAt(exemption, end - 1)).toBe('approved');
    expect(stateAt(exemption, end)).toBe('expired');
    expect(due(exemption, NOBODY, end - 1).state).toBe('approved');
    expect(due(exemption, NOBODY, end)).toMatchObject({
      state: 'expired',
      subjects: [{ state: 'expired' }, { state: 'expired' }],
    });
    expect(due(aRequest(), NOBODY, end).state).toBe('expired');
  });

  it('gives notice 14 and 3 days before, of what is due at once only the last one, and never of what was short from the start', () => {
    const exemption = approved();
    const first = due(exemption, NOBODY, days(16));
    expect(nextAt(exemption)).toBe(days(7) + 1);
    expect(first.noticed).toEqual([14]);
    expect(due(first, NOBODY, days(27)).noticed).toEqual([14, 3]);
    expect(due(exemption, NOBODY, days(28)).noticed).toEqual([14, 3]);
    expect(approved({ expiresAt: days(10) }).noticed).toEqual([14]);
  });

  it('is revoked for what has passed for 7 days since it was approved, and lasts for the rest', () => {
    const exemption = approved();
    const at = days(7) + 1;
    expect(toLookAt(exemption, at - 1)).toEqual([]);
    expect(toLookAt(exemption, at)).toEqual([1, 2]);
    const some = due(
      exemption,
      new Map([
        [1, days(-5)],
        [2, days(3)],
      ]),
      at,
    );
    expect(some).toMatchObject({
      state: 'approved',
      subjects: [
        { state: 'revoked', endedAt: at },
        { state: 'approved', lookAt: days(10) },
      ],
    });
    expect(some.steps.at(-1)).toMatchObject({
      step: 'revoked',
      automatic: true,
      by: null,
      subjects: ['component:default/c1'],
    });
    expect(due(some, new Map([[2, days(3)]]), days(10)).state).toBe('revoked');
  });

  it('can be renewed before it expires and at most twice, each time by approval of somebody else', () => {
    const ask = (exemption: Exemption, at: number) =>
      renew(exemption, {
        requestedBy: PEOPLE[2],
        requestedAt: at,
        expiresAt: exemption.expiresAt + 10 * DAY_MILLIS,
        reason: 'More',
        approvals: [{ group: GROUPS[0], because: 'owner' }],
      });
    let exemption = approved();
    for (const day of [5, 6]) {
      const asked = ask(exemption, days(day));
      expect(asked.expiresAt).toBe(exemption.expiresAt);
      expect(() =>
        approve(asked, as(PEOPLE[2], ...GROUPS), { at: days(day) }),
      ).toThrow('asked for yourself');
      exemption = approve(asked, bob, { at: days(day) });
    }
    expect(exemption).toMatchObject({ renewals: 2, expiresAt: days(50) });
    expect(() => ask(exemption, days(7))).toThrow('cannot be again');
    expect(renewalProblem(approved(), days(30))).toMatch('is expired');
  });

  it('must end in the time that the scorecard allows', () => {
    expect(() => checkExpiry(START, START, 90)).toThrow('in the future');
    expect(() => checkExpiry(days(90) + 1, START, 90)).toThrow('at most 90');
    checkExpiry(days(90), START, 90);
  });
});
