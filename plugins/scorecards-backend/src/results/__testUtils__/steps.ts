import fc from 'fast-check';
import { MODEL_RULES, ModelDefinitions, SOURCE_IDS } from './NaiveModel';

const HOUR = 3_600_000;
/** Entities that steps are about. */
export const NAMES = ['api', 'web', 'job'];

const rule = fc.constantFrom(...MODEL_RULES);
const check = fc.record(
  {
    id: fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4'),
    level: fc.constantFrom('bronze', 'silver'),
    weight: fc.integer({ min: 1, max: 3 }),
    rule,
    when: rule,
    warn: rule,
    onUnknown: fc.constantFrom('hold', 'hold', 'fail', 'pass'),
    holdFor: fc.constantFrom('PT30H', 'P7D'),
    effectiveFrom: fc.constantFrom('2026-03-02', '2026-03-06'),
  },
  {
    requiredKeys: ['id', 'level', 'weight', 'rule', 'onUnknown', 'holdFor'],
  },
);
const scorecard = fc.record({
  name: fc.constantFrom('alpha', 'beta', 'gamma'),
  servicesOnly: fc.boolean(),
  checks: fc.uniqueArray(check, {
    minLength: 1,
    maxLength: 4,
    selector: ({ id }) => id,
  }),
});
const staleAfter = fc.constantFrom('PT6H', 'PT36H', 'P5D', 'P1M');
/** Scorecards and fact sources of every kind that the model understands. */
export const definitions: fc.Arbitrary<ModelDefinitions> = fc.record({
  scorecards: fc.uniqueArray(scorecard, {
    maxLength: 3,
    selector: ({ name }) => name,
  }),
  staleAfter: fc.record({ scan: staleAfter, repo: staleAfter }),
}) as never;

const name = fc.constantFrom(...NAMES);
const source = fc.constantFrom(...SOURCE_IDS);
const hoursAgo = fc.constantFrom(0, 0, 1, 20, 50);
/** Something that happens. */
export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('observe' as const),
      ...{ name, source, hoursAgo },
      flag: fc.boolean(),
      count: fc.constantFrom(4, 5),
      pushedHoursAgo: fc.constantFrom(0, 40, 71, 100),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      millis: fc.constantFrom(1, HOUR, 6 * HOUR, 30 * HOUR, 72 * HOUR),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      replicas: fc.constantFrom(1, 2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('outage' as const),
      source,
      name: fc.option(name),
      lasts: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('describe' as const),
      name,
      type: fc.constantFrom('service', 'library'),
      team: fc.constantFrom('checkout', 'search'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('exempt' as const),
      of: fc.oneof(
        fc.record({ name }),
        fc.record({ system: fc.constantFrom('checkout', 'search') }),
        fc.constant({ domain: 'all' }),
      ),
      scorecard: fc.constantFrom('alpha', 'beta', 'gamma'),
      check: fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4'),
      hours: fc.constantFrom(6, 30, 100),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('revoke' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('delete' as const), name }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('define' as const), definitions }),
  },
);
/** @see step */
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
