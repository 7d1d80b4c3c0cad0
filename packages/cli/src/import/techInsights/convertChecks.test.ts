import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { parse } from 'yaml';
import { decideByJsonRules, openImport } from './__testUtils__/bothEngines';
import { convertChecks } from './convertChecks';

const options = {
  name: 'tech-insights',
  owner: 'group:default/platform',
  source: 'techInsights',
};
const check = (conditions: unknown, more: object = {}) => ({
  id: 'theCheck',
  type: 'json-rules-engine',
  name: 'The check',
  factIds: ['retriever'],
  rule: { conditions },
  ...more,
});
const convert = (...checks: object[]) =>
  convertChecks(JSON.stringify(checks), options);
const problemsOf = (...checks: object[]) =>
  convert(...checks).problems.map(({ path, reason }) => `${path}: ${reason}`);

const value = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0.5, 1e21, -0.25),
  fc.constantFrom('', 'a', 'b', "it's", 'high', '10'),
  fc.constant(null),
);
const number = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0.5, 1e21),
);
const scalarFact = fc.constantFrom(
  { fact: 'flag' },
  { fact: 'count' },
  { fact: 'in' },
  { fact: 'with space' },
  { fact: 'detail', path: '$.state' },
  { fact: 'detail', path: "$.inner['deep-one']" },
);
const leaf = fc.oneof(
  fc
    .tuple(scalarFact, fc.constantFrom('equal', 'notEqual'), value)
    .map(([fact, operator, wanted]) => ({ ...fact, operator, value: wanted })),
  fc
    .tuple(
      scalarFact,
      fc.constantFrom('in', 'notIn'),
      fc.array(value, { maxLength: 3 }),
    )
    .map(([fact, operator, wanted]) => ({ ...fact, operator, value: wanted })),
  fc
    .tuple(
      fc.constantFrom(
        { fact: 'tags' },
        { fact: 'detail', path: '$.inner.list' },
      ),
      fc.constantFrom('contains', 'doesNotContain'),
      value,
    )
    .map(([fact, operator, wanted]) => ({ ...fact, operator, value: wanted })),
  fc
    .tuple(
      fc.constantFrom(
        { fact: 'number' },
        { fact: 'count' },
        { fact: 'detail', path: '$.score' },
      ),
      fc.constantFrom(
        'lessThan',
        'lessThanInclusive',
        'greaterThan',
        'greaterThanInclusive',
      ),
      fc.oneof(number, fc.constant({ fact: 'other' })),
    )
    .filter(
      ([fact, , wanted]) => typeof wanted === 'number' || !('path' in fact),
    )
    .map(([fact, operator, wanted]) => ({ ...fact, operator, value: wanted })),
  fc.tuple(fc.constantFrom('equal', 'notEqual')).map(([operator]) => ({
    fact: 'flag',
    operator,
    value: { fact: 'other' },
  })),
);
const { conditions } = fc.letrec<{ conditions: object; part: object }>(tie => ({
  conditions: fc.oneof(
    fc.record({ all: fc.array(tie('part'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('part'), { maxLength: 3 }) }),
    fc.record({ not: tie('part') }),
  ),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('conditions'),
  ),
}));

describe('the import of checks of Tech Insights', () => {
  it('says the same as json-rules-engine, whatever the rules and the facts', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(conditions, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (list, seeds) => {
          const { documents, problems } = convert(
            ...list.map((each, index) => check(each, { id: `c${index}` })),
          );
          expect(problems).toEqual([]);
          const { decide, facts } = openImport(documents);
          const [seed] = seeds;
          for (const sample of fc.sample(facts, { numRuns: 8, seed })) {
            const decided = decide(sample);
            for (const [index, each] of list.entries()) {
              const wanted = await decideByJsonRules(each, sample);
              expect({ sample, says: decided[`c${index}`] }).toEqual({
                sample,
                says: wanted,
              });
              compared += 1;
            }
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(600);
  });

  it('takes the rules of the example backend of Tech Insights over, and decides as it does', async () => {
    const text = readFileSync(
      join(__dirname, '__fixtures__/backstage-example.yaml'),
      'utf8',
    );
    const { documents, problems, notes } = convertChecks(text, options);
    expect([problems, notes]).toEqual([[], []]);
    const { decide, facts } = openImport(documents);
    const checks = Object.values<{ rule: { conditions: JsonObject } }>(
      parse(text).techInsights.factChecker.checks,
    );
    const ids = [
      'group-owner-check',
      'title-check',
      'tech-docs-check',
      'api-definition-check',
      'simple-test-check',
      'demodatacheck',
    ];
    const seen = new Set<string>();
    for (const sample of fc.sample(facts, { numRuns: 1_000, seed: 7 })) {
      const decided = decide(sample);
      expect(Object.keys(decided)).toEqual(ids);
      for (const [index, { rule }] of checks.entries()) {
        const wanted = await decideByJsonRules(rule.conditions, sample);
        expect(decided[ids[index]]).toBe(wanted);
        seen.add(`${ids[index]} ${wanted}`);
      }
    }
    expect(seen.size).toBe(2 * ids.length);
    expect(documents[0]).toMatchObject({
      spec: {
        checks: expect.arrayContaining([
          {
            id: 'demodatacheck',
            title: 'A number',
            level: 'met',
            rule: 'facts.techInsights.examplenumberfact != null && facts.techInsights.examplenumberfact >= 2',
            because: 'The number is at least two.',
            fix: { docs: 'https://link.example/how-to-fix' },
          },
        ]),
      },
    });
    expect(documents[1]).toMatchObject({
      spec: {
        id: 'techInsights',
        schema: {
          properties: {
            examplenumberfact: { type: ['number', 'null'] },
            hasTitle: { type: ['boolean', 'null'] },
          },
        },
      },
    });
  });

  const leafOf = (more: object) => check({ all: [{ fact: 'a', ...more }] });

  it.each([
    [
      { operator: 'semverGreaterThan', value: '1.0.0' },
      'operator: "semverGreaterThan" is no operator of json-rules-engine itself',
    ],
    [
      { operator: 'everyFact:equal', value: 1 },
      'operator: "everyFact:equal" is no operator',
    ],
    [{ operator: 'in', value: 'text' }, 'value: must be a list'],
    [{ operator: 'lessThan', value: '5' }, 'value: must be a number'],
    [{ operator: 'equal', value: [1] }, 'value: holds a list or an object'],
    [{ operator: 'equal', value: '\ud800' }, 'value: holds half a character'],
    [
      { operator: 'equal', value: 1, path: '$.a[0]' },
      'path: "$.a[0]" does more than name fields',
    ],
    [{ operator: 'equal', value: 1, path: '$..a' }, 'path: "$..a" does more'],
    [{ operator: 'equal', value: 1, params: { x: 1 } }, 'params: are for'],
    [{ operator: 'equal' }, 'value: is missing'],
    [
      { operator: 'contains', value: { fact: 'b' } },
      'value: may be another fact only as a whole',
    ],
  ])('refuses %j and says why', (more, reason) => {
    const { documents, problems } = convert(leafOf(more));
    expect(documents).toEqual([]);
    expect(problems).toHaveLength(1);
    const [{ path, reason: told }] = problems;
    expect(`${path}: ${told}`).toContain(
      `[0].rule.conditions.all[0].${reason}`,
    );
  });

  it('refuses facts that would have to be two things', () => {
    expect(
      problemsOf(
        leafOf({ operator: 'contains', value: 'x' }),
        check(
          { all: [{ fact: 'a', operator: 'lessThan', value: 5 }] },
          { id: 'other' },
        ),
      ),
    ).toEqual(['facts.a: is taken for a number and for a list']);
  });

  it('leaves out what it cannot convert, and takes the rest over', () => {
    const { documents, problems, notes } = convert(
      check({ condition: 'shared' }, { id: 'first' }),
      check({ all: [] }, { id: 'second', type: 'sonar' }),
      check(
        { all: [{ fact: 'a', operator: 'equal', value: 1 }] },
        { id: 'thirdCheck', filter: [{ kind: 'component' }] },
      ),
    );
    expect(problems.map(({ path }) => path)).toEqual([
      '[0].rule.conditions.condition',
      '[1].type',
    ]);
    expect(notes.map(({ path }) => path)).toEqual(['[2].filter']);
    expect(documents[0]).toMatchObject({
      spec: { checks: [{ id: 'third-check' }] },
    });
  });

  it.each([
    ['a: [', /./],
    ['', /holds no checks/],
    ['[1]', /expected object/],
    ['[{ type: x, rule: { conditions: {} } }]', /is missing: a list/],
  ])('says what is wrong with a file that holds %j', (text, reason) => {
    const { documents, problems } = convertChecks(text, options);
    expect(documents).toEqual([]);
    expect(problems.map(problem => problem.reason).join()).toMatch(reason);
  });
});
