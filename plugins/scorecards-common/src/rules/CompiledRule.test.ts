import fc from 'fast-check';
import {
  compiled,
  completeFacts,
  NOW,
  rule,
  someFacts,
} from './__testUtils__/arbitraryRules';
import { knownFact, RuleScope, Unknown } from '.';
import type { Facts, RuleOutcome } from '.';

const DAY = 86_400_000;
const evaluate = (expression: string, facts: Facts, now = NOW) =>
  compiled(expression).evaluate({ entity: {}, facts, now });

/** An outcome in words, so that unknowns compare. */
function told(outcome: RuleOutcome): string {
  return outcome instanceof Unknown
    ? `${outcome.reason}: ${outcome.detail}`
    : String(outcome);
}

const settings = { numRuns: 1_000 };

describe('CompiledRule', () => {
  it('agrees, where it knows, with every completion of what is not known', () => {
    fc.assert(
      fc.property(
        rule,
        someFacts,
        fc.array(completeFacts, { minLength: 4, maxLength: 8 }),
        (expression, facts, completions) => {
          const { outcome } = evaluate(expression, facts);
          if (outcome instanceof Unknown) return;
          for (const completion of completions) {
            const completed = Object.fromEntries(
              Object.entries(facts).map(([source, fact]) => [
                source,
                fact.payload && fact.freshUntil > NOW
                  ? fact
                  : completion[source],
              ]),
            );
            expect(evaluate(expression, completed).outcome).toBe(outcome);
          }
        },
      ),
      settings,
    );
  });

  it('knows as much as Kleene logic does', () => {
    const value = fc.constantFrom('true', 'false', 'unknown');
    type Kleene = { text: string; outcome: boolean | undefined };
    const formula = fc.letrec<{ formula: Kleene }>(tie => ({
      formula: fc.oneof(
        { maxDepth: 5 },
        value.map(name => ({
          text: name === 'unknown' ? 'facts.flags.one' : name,
          outcome: name === 'unknown' ? undefined : name === 'true',
        })),
        tie('formula').map(({ text, outcome }) => ({
          text: `!(${text})`,
          outcome: outcome === undefined ? undefined : !outcome,
        })),
        fc
          .tuple(tie('formula'), fc.boolean(), tie('formula'))
          .map(([a, and, b]) => {
            const settled = a.outcome === !and || b.outcome === !and;
            const known = a.outcome === and && b.outcome === and;
            return {
              text: `(${a.text}) ${and ? '&&' : '||'} (${b.text})`,
              outcome: settled ? !and : (known || undefined) && and,
            };
          }),
      ),
    })).formula;
    fc.assert(
      fc.property(formula, ({ text, outcome }) => {
        const actual = evaluate(text, {}).outcome;
        expect(actual instanceof Unknown ? undefined : actual).toBe(outcome);
      }),
      settings,
    );
  });

  it('proves what it says', () => {
    fc.assert(
      fc.property(rule, someFacts, (expression, facts) => {
        const input = { entity: {}, facts, now: NOW };
        const { outcome } = compiled(expression).evaluate(input);
        const proof = compiled(expression).prove(input);
        expect(proof.value).toBe(
          outcome instanceof Unknown ? undefined : outcome,
        );
        expect(proof.unknown?.reason).toBe(
          outcome instanceof Unknown ? outcome.reason : undefined,
        );
        expect(proof.unknown?.detail).toBe(
          outcome instanceof Unknown ? outcome.detail : undefined,
        );
      }),
      settings,
    );
  });

  it('says the same until the instant at which it may change', () => {
    fc.assert(
      fc.property(
        rule,
        someFacts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (expression, facts, share) => {
          const { outcome, nextChangeAt } = evaluate(expression, facts);
          expect(nextChangeAt).toBeGreaterThan(NOW);
          const last = Math.min(nextChangeAt - 1, NOW + 20 * DAY);
          const between = NOW + Math.floor((last - NOW) * share);
          for (const instant of [NOW + 1, between, last]) {
            expect(
              told(
                evaluate(expression, facts, Math.min(instant, last)).outcome,
              ),
            ).toBe(told(outcome));
          }
        },
      ),
      settings,
    );
  });

  it('always says the same of the same', () => {
    const reused = RuleScope.create();
    fc.assert(
      fc.property(rule, someFacts, (expression, facts) => {
        const first = evaluate(expression, facts);
        reused.enter({ entity: {}, facts, now: NOW });
        expect(told(compiled(expression).test(reused))).toBe(
          told(first.outcome),
        );
        expect(reused.nextChangeAt).toBe(first.nextChangeAt);
      }),
      settings,
    );
  });

  it.each(['<', '<=', '>', '>=', '==', '!='])(
    'turns exactly when a bound of %s is reached or passed',
    operator => {
      const times = fc.integer({ min: -9 * 24, max: 5 * 24 });
      fc.assert(
        fc.property(
          fc.array(times, { maxLength: 5 }),
          times,
          fc.integer({ min: -3, max: 6 }),
          fc.boolean(),
          (hours, at, bound, counting) => {
            const iso = (hour: number) =>
              new Date(NOW + (hour * DAY) / 24).toISOString();
            const facts = {
              times: knownFact({ at: iso(at), days: hours.map(iso) }),
            };
            const expression = counting
              ? `within(facts.times.days, days(2)).size() ${operator} ${bound}`
              : `ageDays(facts.times.at) ${operator} ${bound}`;
            const { outcome, nextChangeAt } = evaluate(expression, facts);
            const turned = (now: number) =>
              evaluate(expression, facts, now).outcome !== outcome;
            const instants =
              nextChangeAt < Infinity
                ? [nextChangeAt - 1, nextChangeAt]
                : [NOW + 400 * DAY];
            expect(instants.map(turned)).toEqual(
              instants.map(instant => instant === nextChangeAt),
            );
          },
        ),
        { numRuns: 400 },
      );
    },
  );

  it('looks again when any item comes or goes, where what it is compared with is not fixed', () => {
    const hours = fc.integer({ min: -72, max: 72 });
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 4 }), list => {
        const instants = list.map(hour => NOW + (hour * DAY) / 24);
        const facts = {
          numbers: knownFact({ n: 1, m: 1, ratio: null }),
          times: knownFact({
            at: '2026-01-01',
            days: instants.map(instant => new Date(instant).toISOString()),
          }),
        };
        const steps = instants
          .flatMap(instant => [instant, instant + 2 * DAY])
          .filter(step => step > NOW);
        expect(
          evaluate(
            'size(within(facts.times.days, days(2))) == facts.numbers.n',
            facts,
          ).nextChangeAt,
        ).toBe(Math.min(...steps));
      }),
    );
  });

  it('never throws, and proves what it says, whatever the documents hold', () => {
    const document = fc.dictionary(
      fc.constantFrom(
        'one',
        'two',
        'n',
        'm',
        'ratio',
        'word',
        'words',
        'at',
        'days',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const anyFacts = fc.record({
      flags: document,
      numbers: document,
      texts: document,
      times: document,
    });
    fc.assert(
      fc.property(rule, anyFacts, (expression, payloads) => {
        const facts = Object.fromEntries(
          Object.entries(payloads).map(([source, payload]) => [
            source,
            knownFact(payload as Parameters<typeof knownFact>[0]),
          ]),
        );
        const input = { entity: {}, facts, now: NOW };
        const { outcome } = compiled(expression).evaluate(input);
        const { value, unknown } = compiled(expression).prove(input);
        expect(unknown ? `${unknown.reason}: ${unknown.detail}` : value).toBe(
          outcome instanceof Unknown ? told(outcome) : outcome,
        );
      }),
      settings,
    );
  });

  it('bounds its work', () => {
    const days = Array(1_000).fill('2026-01-01');
    const facts = { times: knownFact({ at: '2026-01-01', days }) };
    const outcomeOf = (expression: string) => {
      const { outcome } = evaluate(expression, facts);
      return outcome instanceof Unknown ? outcome.detail : outcome;
    };
    expect(outcomeOf('facts.times.days.all(a, a < "z")')).toBe(true);
    expect(
      outcomeOf(
        'facts.times.days.all(a, facts.times.days.all(b, facts.times.days.all(c, a + b + c != "")))',
      ),
    ).toBe('the rule does more work than allowed');
    const doubling = `[facts.times.days]${'.map(x, x + x)'.repeat(
      40,
    )}.size() > 0`;
    expect(outcomeOf(doubling)).toBe('the rule does more work than allowed');
  });

  it('matches regular expressions in linear time', () => {
    const word = `${'a'.repeat(20_000)}!`;
    const facts = { texts: knownFact({ word, words: [] }) };
    const started = performance.now();
    expect(evaluate("facts.texts.word.matches('^(a+)+$')", facts).outcome).toBe(
      false,
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
