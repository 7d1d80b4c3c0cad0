import { knownFact, RuleCompiler, RuleScope, unknownFact } from '../rules';
import type { Facts } from '../rules';
import { scorecardKind, ScorecardSpec } from '../scorecard';
import { CompiledScorecard, ScorecardHistory, unpackResults } from '.';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const compiler = RuleCompiler.create({
  factSources: [
    {
      id: 'git',
      schema: {
        type: 'object',
        required: ['readme', 'tests', 'lastCommit'],
        properties: {
          readme: { type: 'boolean' },
          tests: { type: 'integer' },
          lastCommit: { type: 'string' },
        },
      },
    },
  ],
});

function spec(checks: Record<string, unknown>[]): ScorecardSpec {
  const parsed = scorecardKind.parse({
    apiVersion: 'waymark.dev/v1',
    kind: 'Scorecard',
    metadata: { name: 'one' },
    spec: {
      owner: 'group:default/platform',
      appliesTo: { kind: 'Component' },
      levels: ['bronze', 'silver', 'gold'].map(id => ({ id, title: id })),
      exemptions: {
        also: [
          { when: 'facts.git.tests > 3', group: 'group:default/security' },
        ],
      },
      checks: checks.map((check, index) => ({
        id: `check-${index}`,
        title: 'A check',
        because: 'We say so.',
        level: 'bronze',
        ...check,
      })),
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.definition.spec;
}

function adopted(...checks: Record<string, unknown>[]): CompiledScorecard {
  const adoption = CompiledScorecard.adopt(spec(checks), compiler);
  if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
  return adoption.scorecard;
}

function evaluate(
  scorecard: CompiledScorecard,
  facts: Facts,
  now = NOW,
  history: ScorecardHistory = {},
) {
  const scope = RuleScope.create();
  scope.enter({ entity: { spec: { lifecycle: 'production' } }, facts, now });
  const result = scorecard.evaluate(scope, history);
  return { ...result, states: unpackResults(result.results) };
}

const git = (readme: boolean, tests: number, freshUntil?: number): Facts => ({
  git: knownFact(
    { readme, tests, lastCommit: new Date(NOW).toISOString() },
    { freshUntil },
  ),
});

describe('CompiledScorecard', () => {
  it('refuses every expression that is wrong, each with its path', () => {
    const adoption = CompiledScorecard.adopt(
      spec([
        {
          rule: 'facts.git.readm',
          when: 'facts.git.tests',
          warn: 'facts.gti.tests == 1',
          fix: {
            template: 'template:default/a',
            with: { repo: 'facts.git.repo' },
          },
        },
      ]),
      compiler,
    );
    expect(
      adoption.ok ? [] : adoption.problems.map(({ path }) => path),
    ).toEqual([
      'spec.checks[0].rule',
      'spec.checks[0].when',
      'spec.checks[0].warn',
      'spec.checks[0].fix.with.repo',
    ]);
  });

  it('says what each check is, and the score of all', () => {
    const scorecard = adopted(
      { rule: 'facts.git.readme', warn: 'facts.git.tests < 3' },
      { rule: 'facts.git.tests > 9', level: 'silver', weight: 3 },
      { rule: 'false', when: "entity.spec.lifecycle == 'retired'" },
    );
    expect(scorecard.sources).toEqual(['git']);
    expect(evaluate(scorecard, git(true, 2))).toMatchObject({
      states: [
        { state: 'warn' },
        { state: 'fail' },
        { state: 'notApplicable' },
      ],
      level: 0,
      points: 0.25,
      confidence: 1,
      nextChangeAt: Infinity,
    });
  });

  it('holds what is not known any more for as long as it shall, then blocks the level', () => {
    const scorecard = adopted({ rule: 'facts.git.readme', holdFor: 'P7D' });
    const first = evaluate(scorecard, git(true, 1, NOW + DAY));
    expect(first).toMatchObject({
      states: [{ state: 'pass' }],
      nextChangeAt: NOW + DAY,
    });

    const stale = evaluate(scorecard, git(true, 1, NOW + DAY), NOW + DAY, {
      'check-0': { hold: first.holds['check-0'] },
    });
    expect(stale).toMatchObject({
      states: [{ state: 'unknown', underlying: 'pass', held: true }],
      level: 0,
      points: undefined,
      confidence: 0,
      nextChangeAt: NOW + 8 * DAY,
    });

    const later = (now: number, facts: Facts) =>
      evaluate(scorecard, facts, now, {
        'check-0': { hold: stale.holds['check-0'] },
      });
    const broken = { git: unknownFact('git', 'collectorError', '401') };
    expect(later(NOW + 8 * DAY - 1, broken)).toMatchObject({
      level: 0,
      nextChangeAt: NOW + 8 * DAY,
    });
    expect(later(NOW + 8 * DAY, broken)).toMatchObject({
      states: [{ state: 'unknown' }],
      level: undefined,
      nextChangeAt: Infinity,
    });
    expect(later(NOW + 9 * DAY, git(false, 1))).toMatchObject({
      states: [{ state: 'fail' }],
      level: -1,
    });
  });

  it('blocks its level where it was never known', () => {
    const scorecard = adopted(
      { rule: 'true' },
      { rule: 'facts.git.readme', level: 'silver' },
    );
    expect(evaluate(scorecard, {})).toMatchObject({
      states: [{ state: 'pass' }, { state: 'unknown' }],
      level: 0,
      points: 0.5,
      confidence: 0.5,
    });
  });

  it('counts an unknown as onUnknown says', () => {
    const scorecard = adopted(
      { rule: 'facts.git.readme', onUnknown: 'pass' },
      { rule: 'facts.git.readme', onUnknown: 'fail', level: 'silver' },
      { rule: 'true' },
    );
    expect(evaluate(scorecard, {})).toMatchObject({
      states: [
        { state: 'unknown', underlying: 'pass' },
        { state: 'unknown', underlying: 'fail' },
        { state: 'pass' },
      ],
      level: 0,
      points: 0.6667,
    });
  });

  it('previews a check before its day, and wakes on it', () => {
    const scorecard = adopted({
      rule: 'facts.git.readme',
      effectiveFrom: '2026-12-01',
    });
    const day = Date.UTC(2026, 11, 1);
    expect(evaluate(scorecard, git(false, 1))).toMatchObject({
      states: [{ state: 'upcoming', underlying: 'fail' }],
      level: undefined,
      points: undefined,
      nextChangeAt: day,
    });
    expect(evaluate(scorecard, git(false, 1), day)).toMatchObject({
      states: [{ state: 'fail' }],
    });
  });

  it('exempts for a time, and keeps the state behind it visible', () => {
    const scorecard = adopted({ rule: 'facts.git.readme' }, { rule: 'true' });
    const history = { 'check-0': { exemptUntil: NOW + DAY } };
    expect(evaluate(scorecard, git(false, 1), NOW, history)).toMatchObject({
      states: [{ state: 'exempt', underlying: 'fail' }, { state: 'pass' }],
      level: 0,
      points: 1,
      confidence: 1,
      nextChangeAt: NOW + DAY,
    });
    expect(
      evaluate(scorecard, git(false, 1), NOW + DAY, history).states[0],
    ).toEqual({ state: 'fail' });
  });

  it('changes at the instant that a rule names, and not before', () => {
    const scorecard = adopted({ rule: 'ageDays(facts.git.lastCommit) < 30' });
    const { nextChangeAt } = evaluate(scorecard, git(true, 1));
    expect(nextChangeAt).toBe(NOW + 30 * DAY);
    expect(evaluate(scorecard, git(true, 1), nextChangeAt - 1).states).toEqual([
      { state: 'pass' },
    ]);
    expect(evaluate(scorecard, git(true, 1), nextChangeAt).states).toEqual([
      { state: 'fail' },
    ]);
  });
});
