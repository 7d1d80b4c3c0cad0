import fc from 'fast-check';
import { knownFact, RuleCompiler, unknownFact } from '..';
import type { CompiledRule, Fact, Facts } from '..';

const DAY = 86_400_000;
/** The instant around which the facts lie. */
export const NOW = Date.UTC(2026, 10, 22, 12);

const integer = { type: 'integer' };
const boolean = { type: 'boolean' };
const text = { type: 'string' };
const SCHEMAS = {
  flags: { one: boolean, two: boolean },
  numbers: { n: integer, m: integer, ratio: { type: ['number', 'null'] } },
  texts: { word: text, words: { type: 'array', items: text } },
  times: {
    at: text,
    days: { type: 'array', items: text },
  },
};

/** A compiler over facts of every kind that rules read. */
export const compiler = RuleCompiler.create({
  factSources: Object.entries(SCHEMAS).map(([id, properties]) => ({
    id,
    schema: {
      type: 'object',
      required: Object.keys(properties),
      properties,
    },
  })) as Parameters<typeof RuleCompiler.create>[0]['factSources'],
});

/** Compiles what must be right. */
export function compiled(expression: string): CompiledRule {
  const adoption = compiler.compile(expression, { path: 'rule' });
  if (!adoption.ok) {
    throw new Error(`${expression}: ${JSON.stringify(adoption.problems)}`);
  }
  return adoption.rule;
}

const small = fc.integer({ min: -2, max: 4 });
const word = fc.constantFrom('a', 'b', 'ab', '');
const instant = fc
  .integer({ min: -6 * 24, max: 3 * 24 })
  .map(hours => NOW + (hours * DAY) / 24);
const iso = instant.map(ms => new Date(ms).toISOString());
const day = iso.map(at => at.slice(0, 10));

const payloads: Record<keyof typeof SCHEMAS, fc.Arbitrary<object>> = {
  flags: fc.record({ one: fc.boolean(), two: fc.boolean() }),
  numbers: fc.record({
    n: small,
    m: small,
    ratio: fc.option(fc.double({ noNaN: true, min: -2, max: 2 })),
  }),
  texts: fc.record({ word, words: fc.array(word, { maxLength: 4 }) }),
  times: fc.record({ at: iso, days: fc.array(day, { maxLength: 6 }) }),
};
type Payload = Parameters<typeof knownFact>[0];

/** A fact that is known, and may go stale at some time. */
function known(source: keyof typeof SCHEMAS): fc.Arbitrary<Fact> {
  return fc
    .tuple(payloads[source], fc.option(instant, { nil: Infinity, freq: 3 }))
    .map(([payload, freshUntil]) =>
      knownFact(payload as Payload, { freshUntil }),
    );
}

const SOURCES = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

function factsOf(
  fact: (source: keyof typeof SCHEMAS) => fc.Arbitrary<Fact>,
): fc.Arbitrary<Facts> {
  return fc
    .tuple(...SOURCES.map(fact))
    .map(facts =>
      Object.fromEntries(
        SOURCES.map((source, index) => [source, facts[index]]),
      ),
    );
}

/** Facts that are all known for ever. */
export const completeFacts: fc.Arbitrary<Facts> = factsOf(source =>
  payloads[source].map(payload => knownFact(payload as Payload)),
);

/** Facts of which some go stale at some time, and some are not known. */
export const someFacts: fc.Arbitrary<Facts> = factsOf(source =>
  fc.oneof(
    { arbitrary: known(source), weight: 4 },
    {
      arbitrary: fc.constant(unknownFact(source, 'missing', 'none')),
      weight: 1,
    },
  ),
);

const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const number = fc.oneof(
  fc.constantFrom(
    'facts.numbers.n',
    'facts.numbers.m',
    'size(facts.texts.words)',
    'ageDays(facts.times.at)',
    'size(facts.texts.word)',
  ),
  small.map(String),
);
const arithmetic = fc.oneof(
  { arbitrary: number, weight: 4 },
  {
    arbitrary: fc
      .tuple(number, fc.constantFrom('+', '-', '*', '/', '%'), number)
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    weight: 1,
  },
);

const leaf = fc.oneof(
  fc.constantFrom(
    'true',
    'false',
    'facts.flags.one',
    'facts.flags.two',
    'has(facts.flags.one)',
    'entity.absent == 1',
    'facts.numbers.ratio != null && facts.numbers.ratio > 0.5',
    "facts.texts.words.all(w, w.startsWith('a'))",
    'facts.texts.words.exists(w, w == facts.texts.word)',
    "facts.texts.words.exists_one(w, w != '' && facts.flags.one)",
    'facts.texts.words.filter(w, facts.flags.two).size() > 1',
    "facts.texts.word in ['a', 'ab']",
    'facts.texts.word in facts.texts.words',
    "facts.texts.word.matches('^a+b?$')",
    'facts.flags.?one.orValue(false)',
    'facts.times.days.map(d, ageDays(d)).exists(age, age == facts.numbers.n)',
    'facts.times.days.all(d, ageDays(d) > 1)',
    'size(within(facts.times.days, days(3))) == facts.numbers.n',
    'within(facts.times.days, days(2)).exists(d, d > facts.times.at)',
  ),
  fc
    .tuple(arithmetic, comparison, arithmetic)
    .map(([a, operator, b]) => `${a} ${operator} ${b}`),
  fc
    .tuple(comparison, small)
    .map(([operator, bound]) => `ageDays(facts.times.at) ${operator} ${bound}`),
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), comparison, small)
    .map(
      ([days, operator, bound]) =>
        `size(within(facts.times.days, days(${days}))) ${operator} ${bound}`,
    ),
);

/** Rules of every operator that rules have. */
export const rule: fc.Arbitrary<string> = fc.letrec<{ rule: string }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('rule'), fc.constantFrom('&&', '||', '=='), tie('rule'))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    tie('rule').map(a => `!(${a})`),
    fc
      .tuple(tie('rule'), tie('rule'), tie('rule'))
      .map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
  ),
})).rule;
