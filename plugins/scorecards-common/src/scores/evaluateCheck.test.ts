import fc from 'fast-check';
import {
  compiled,
  NOW,
  rule,
  someFacts,
} from '../rules/__testUtils__/arbitraryRules';
import { RuleScope } from '../rules';
import { CheckHistory, CompiledCheck, evaluateCheck, packResults } from '.';

const DAY = 86_400_000;
const instant = fc.integer({ min: -9, max: 9 }).map(days => NOW + days * DAY);

const check: fc.Arbitrary<CompiledCheck> = fc
  .record({
    rule,
    when: fc.option(rule, { nil: undefined }),
    warn: fc.option(rule, { nil: undefined }),
    onUnknown: fc.constantFrom('hold', 'hold', 'fail', 'pass'),
    holdFor: fc.constantFrom('P1D', 'P7D', 'PT36H'),
    effectiveFrom: fc.oneof(fc.constant(-Infinity), instant),
  })
  .map(drawn => ({
    definition: { ...drawn, id: 'a' } as unknown as CompiledCheck['definition'],
    rule: compiled(drawn.rule),
    when: drawn.when === undefined ? undefined : compiled(drawn.when),
    warn: drawn.warn === undefined ? undefined : compiled(drawn.warn),
    fixWith: {},
    level: 0,
    weight: 1,
    effectiveFrom: drawn.effectiveFrom,
  }));

const history: fc.Arbitrary<CheckHistory> = fc.record({
  hold: fc.option(
    fc.record({
      state: fc.constantFrom('pass', 'warn', 'fail', 'notApplicable'),
      since: fc.option(
        fc.integer({ min: -9, max: 0 }).map(days => NOW + days * DAY),
        { nil: undefined },
      ),
    }),
    { nil: undefined },
  ),
  exemptUntil: fc.option(instant, { nil: undefined }),
});

describe('the result of a check', () => {
  it('stays the same until the instant at which it may change, whether looked at in between or not', () => {
    fc.assert(
      fc.property(
        check,
        someFacts,
        history,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (definition, facts, before, share) => {
          const scope = RuleScope.create();
          const at = (now: number, known: CheckHistory) => {
            scope.enter({ entity: {}, facts, now });
            return evaluateCheck(definition, scope, known);
          };
          const first = at(NOW, before);
          expect(packResults([first.result])).toHaveLength(1);
          expect(first.nextChangeAt).toBeGreaterThan(NOW);
          const last = Math.min(first.nextChangeAt - 1, NOW + 30 * DAY);
          const known = { ...before, hold: first.hold };
          const between = NOW + Math.floor((last - NOW) * share);
          const second = at(between, known);
          expect(second.result).toEqual(first.result);
          expect(second.hold).toEqual(first.hold);
          expect(at(last, { ...known, hold: second.hold }).result).toEqual(
            first.result,
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
