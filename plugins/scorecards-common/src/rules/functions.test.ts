import { RuleCompiler, RuleScope, Unknown } from '.';
import { knownFact } from './facts';

const NOW = Date.UTC(2026, 10, 22, 12);
const compiler = RuleCompiler.create({ factSources: [] });
const sourced = RuleCompiler.create({
  factSources: [
    {
      id: 'constructor',
      schema: { type: 'object', required: ['list'], properties: { list: {} } },
    },
  ],
});

/** The value of an expression over an entity, or the reason why there is none. */
function valueOf(expression: string, entity: object = {}) {
  const adoption = compiler.compile(expression, { path: 'p', result: 'any' });
  if (!adoption.ok) throw new Error(adoption.problems[0].reason);
  const scope = RuleScope.create();
  scope.enter({ entity, facts: {}, now: NOW });
  const value = adoption.rule.value(scope);
  return value instanceof Unknown ? value.detail : value;
}

describe('the functions of rules', () => {
  it.each([
    ["semver('1.10.0') > semver('1.9.3')", true],
    ["semver('v2.0.0') == semver('2.0.0')", true],
    ["semver('2.0.0-rc.1') < semver('2.0.0')", true],
    [
      "semver('latest') < semver('2.0.0')",
      '"latest" is not a semantic version',
    ],
    ["semver('1.2.3')", '1.2.3'],
    ["days(2) == duration('48h')", true],
    ['days(-1)', 'days() needs a whole number between 0 and 100000'],
    ["ageDays('2026-11-22')", 0],
    ["ageDays('2026-11-20T12:00:00Z')", 2],
    ["ageDays('2026-11-20T12:00:00.001Z')", 1],
    ["ageDays('2026-11-23')", -1],
    ["ageDays(timestamp('2026-11-21T23:00:00+11:00'))", 1],
    ["ageDays('yesterday')", '"yesterday" is not an instant or a day'],
    ["ageDays('2026-02-30')", '"2026-02-30" is not an instant or a day'],
    [
      "within(['2026-11-22', '2026-11-20T12:00:00Z', '2026-11-20T12:00:01Z', '2026-11-23'], days(2))",
      ['2026-11-22', '2026-11-20T12:00:01Z'],
    ],
    ["within(['soon'], days(2))", '"soon" is not an instant or a day'],
    [
      "{'a': [1, 2u, 3.5, b'xy', null, duration('90s')]}",
      { a: [1, 2, 3.5, '2 bytes', null, '90s'] },
    ],
    ['9223372036854775807', '9223372036854775807'],
    [`'${'a'.repeat(600)}'`, 'a'.repeat(600)],
    [`${Array(600).fill('1').join(' + ')} == 600`, true],
    ['cel.bind(x, 2, x * x)', 4],
    ["optional.of('a').or(optional.none()).orValue('b')", 'a'],
  ])('give for %s', (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected);
  });

  it.each([
    ['entity.toString', 'no such field: toString'],
    ['entity.metadata.constructor', 'no such field: constructor'],
    ['entity.metadata.tags.length', 'list has no fields'],
    ["entity.metadata.name['length']", 'string has no fields'],
    ['entity.metadata.__proto__', 'no such field: __proto__'],
    ['entity.metadata.tags.all(tag, tag.length > 0)', 'string has no fields'],
    [
      "[timestamp('2026-11-22T00:00:00Z')].map(t, t.nanos)",
      'google.protobuf.Timestamp has no fields',
    ],
    ["'constructor' in entity.metadata", false],
    ['has(entity.metadata.toString)', false],
    ['entity.metadata.?valueOf.hasValue()', false],
  ])('do not see what JavaScript inherits: %s', (expression, expected) => {
    expect(
      valueOf(expression, { metadata: { name: 'a', tags: ['b'] } }),
    ).toEqual(expected);
  });

  it('do not take an inherited name for a fact', () => {
    const adoption = sourced.compile('size(facts.constructor.list) == 0', {
      path: 'p',
    });
    if (!adoption.ok) throw new Error(adoption.problems[0].reason);
    const input = { entity: {}, facts: {}, now: NOW };
    expect(adoption.rule.evaluate(input).outcome).toMatchObject({
      reason: 'missing',
    });
    expect(
      adoption.rule.evaluate({
        ...input,
        facts: { constructor: knownFact({ list: [] }) },
      }).outcome,
    ).toBe(true);
  });
});
