import type { JsonObject } from '@backstage/types';
import {
  catalogFactSources,
  examplesOf,
  factsOf,
  readPage,
  rowsOf,
} from './__testUtils__/documents';
import { factSourceKind } from './factSource';
import { RuleCompiler, RuleScope, Unknown } from './rules';
import { LOOP_MACROS } from './rules/compile/macros';
import { FUNCTIONS, METHODS } from './rules/functions';
import { scorecardKind, scorecardSpecSchema } from './scorecard';
import { CheckResult, CompiledScorecard, scoreOf } from './scores';
import { evaluateCheck, Hold } from './scores/evaluateCheck';

const NOON = Date.UTC(2026, 10, 22, 12);
const sources = catalogFactSources();
const compiler = RuleCompiler.create({ factSources: sources });

describe('the page about the rule language', () => {
  const page = readPage('rules');
  const [world] = examplesOf<{
    entity: JsonObject;
    facts: Record<string, JsonObject>;
  }>(page);
  // A table has two columns of code; that of refusals has another heading.
  const [examples, refusals] = ['expression', 'refused expression'].map(
    heading => rowsOf(page, heading),
  );

  it.each(examples)('says what %s gives', (expression, gives) => {
    const adoption = compiler.compile(expression, { path: '', result: 'any' });
    if (!adoption.ok) throw new Error(adoption.problems[0].reason);
    const scope = RuleScope.create();
    scope.enter({
      entity: world.entity,
      facts: factsOf(world.facts),
      now: NOON,
    });
    const value = adoption.rule.value(scope);
    expect(
      value instanceof Unknown ? `unknown: ${value.reason}` : value,
    ).toEqual(gives.startsWith('unknown: ') ? gives : JSON.parse(gives));
  });

  it.each(refusals)('says why %s is refused', (expression, reason) => {
    const adoption = compiler.compile(expression, { path: '' });
    const reasons = adoption.ok
      ? []
      : adoption.problems.map(problem => problem.reason);
    expect(reasons.join()).toContain(reason);
  });

  it('has an example of every function that rules may call', () => {
    const names = [
      ...[...FUNCTIONS.keys()].map(name => `${name}(`),
      ...[...METHODS.keys(), ...LOOP_MACROS].map(name => `.${name}(`),
      ...['size(', 'has(', 'ageDays(', 'within(', '.matches(', 'cel.bind('],
      ...['optional.none(', 'optional.of('],
    ];
    const text = examples.map(([expression]) => expression).join('\n');
    // An alias of exists_one that can be evaluated, but not checked.
    expect(names.filter(name => !text.includes(name))).toEqual(['.existsOne(']);
    const alias = compiler.compile('[1].existsOne(n, n == 1)', { path: '' });
    expect(alias).toMatchObject({ ok: false });
  });
});

interface StateExample {
  check: JsonObject;
  entity?: JsonObject;
  facts: Record<string, JsonObject>;
  before?: { state: Hold['state']; since?: string };
  at?: string;
  says: CheckResult;
}

interface LevelExample {
  levels: string[];
  results: (CheckResult & { level: string; weight?: number })[];
  gives: { level: string; points: number; confidence: number };
}

describe('the page about states and levels', () => {
  const examples = examplesOf<StateExample | LevelExample>(
    readPage('states-and-levels'),
  );
  const states = examples.filter(example => 'says' in example);
  const levels = examples.filter(example => 'gives' in example);

  it('has nothing but examples that are evaluated', () => {
    expect(states.length + levels.length).toBe(examples.length);
    expect(states.length).toBeGreaterThan(5);
    expect(levels.length).toBeGreaterThan(5);
  });

  it.each(states)('says the state of $check', example => {
    const { check, entity = {}, facts, before, at, says } = example;
    const spec = scorecardSpecSchema.parse({
      owner: 'group:default/platform',
      appliesTo: { kind: 'Component' },
      levels: [{ id: 'bronze', title: 'Bronze' }],
      checks: [
        { id: 'a', title: 'A', level: 'bronze', because: 'It is.', ...check },
      ],
    });
    const adoption = CompiledScorecard.adopt(spec, compiler);
    if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
    const now = at === undefined ? NOON : Date.parse(at);
    const scope = RuleScope.create();
    scope.enter({ entity, facts: factsOf(facts), now });
    const hold = before && {
      state: before.state,
      since: before.since === undefined ? now : Date.parse(before.since),
    };
    const [compiled] = adoption.scorecard.checks;
    expect(evaluateCheck(compiled, scope, { hold }).result).toEqual(says);
  });

  it.each(levels)('says the level of $results', example => {
    const { levels: ladder, results, gives } = example;
    const score = scoreOf(
      results.map(({ level, weight = 1 }) => ({
        level: ladder.indexOf(level),
        weight,
      })),
      results.map(({ level, weight, ...result }) => result),
    );
    const { level, points, confidence } = score;
    const name = level === undefined ? 'not rated' : ladder[level] ?? 'none';
    expect({ level: name, points, confidence }).toEqual(gives);
  });
});

describe('the tutorial of the platform team', () => {
  it('makes definitions that the portal adopts', () => {
    const [source, scorecard] = examplesOf(readPage('writing-a-scorecard'));
    const parsedSource = factSourceKind.parse(source);
    const parsed = scorecardKind.parse(scorecard);
    if (!parsedSource.ok || !parsed.ok) {
      throw new Error(JSON.stringify([parsedSource, parsed]));
    }
    const adoption = CompiledScorecard.adopt(
      parsed.definition.spec,
      RuleCompiler.create({
        factSources: [...sources, parsedSource.definition.spec],
      }),
    );
    expect(adoption).toMatchObject({ ok: true });
  });
});

describe('the page about other systems', () => {
  const page = readPage('migrate');

  it.each(rowsOf(page, 'fact of Tech Insights'))(
    'says in CEL what %s told',
    (_, expression) => {
      expect(compiler.compile(expression, { path: '' })).toMatchObject({
        ok: true,
      });
    },
  );
});
