import {
  catalogDocuments,
  catalogFactSources,
} from '../__testUtils__/documents';
import { knownFact, RuleCompiler, RuleScope } from '../rules';
import { scorecardKind } from '../scorecard';
import { CompiledScorecard } from './CompiledScorecard';
import { unpackResults } from './checkResult';

const compiler = RuleCompiler.create({ factSources: catalogFactSources() });

/** Adopts a scorecard as the backend does, or says why it would be refused. */
function adopt(document: unknown) {
  const parsed = scorecardKind.parse(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { spec } = parsed.definition;
  const adoption = CompiledScorecard.adopt(spec, compiler);
  if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
  return { spec, scorecard: adoption.scorecard };
}

const scorecards = catalogDocuments('scorecards').map(
  document =>
    [
      (document as { metadata: { name: string } }).metadata.name,
      document,
    ] as const,
);

describe('the scorecards of the catalog', () => {
  it('cover what a platform team asks for', () => {
    expect(scorecards.map(([name]) => name)).toEqual([
      'cost-hygiene',
      'documentation',
      'health',
      'operational-maturity',
      'paved-road',
      'production-readiness',
      'security-baseline',
      'tech-debt',
      'trusted-pipelines',
    ]);
  });

  it.each(scorecards)('adopt %s without a problem', (_, document) => {
    const { spec, scorecard } = adopt(document);
    expect(scorecard.checks).toHaveLength(spec.checks.length);
    expect(spec.checks.length).toBeGreaterThanOrEqual(8);
  });

  it.each(scorecards)('tell in %s why, how and how long', (_, document) => {
    const { spec } = adopt(document);
    const unclear = spec.checks.filter(
      ({ because, fix }) => because.length < 15 || !fix?.docs || !fix.effort,
    );
    expect(unclear.map(({ id }) => id)).toEqual([]);
    const titles = spec.checks.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each(scorecards)(
    'let every level of %s be earned today',
    (_, document) => {
      const { spec } = adopt(document);
      const counting = spec.checks.filter(check => !check.effectiveFrom);
      const empty = spec.levels.filter(
        ({ id }) => !counting.some(({ level }) => level === id),
      );
      expect(empty).toEqual([]);
    },
  );

  it('announce the later steps of the migration', () => {
    const { spec } = adopt(
      scorecards.find(([name]) => name === 'trusted-pipelines')![1],
    );
    const days = spec.checks.flatMap(check => check.effectiveFrom ?? []);
    expect(days.length).toBeGreaterThan(1);
    expect([...days].sort()).toEqual(days);
  });

  it.each([
    ['16.0.0', 'fail'],
    [null, 'fail'],
    ['20.0.0', 'warn'],
    ['22.0.0', 'pass'],
    ['24.11.1', 'pass'],
  ])('say of Node.js %s: %s', (version, state) => {
    const { spec, scorecard } = adopt(
      scorecards.find(([name]) => name === 'tech-debt')![1],
    );
    const scope = RuleScope.create();
    const runtimes = [{ runtime: 'node', version }];
    scope.enter({
      entity: {},
      facts: { git: knownFact({ runtimes }) },
      now: 0,
    });
    const index = spec.checks.findIndex(({ id }) => id === 'node-supported');
    const { results } = scorecard.evaluate(scope);
    expect(unpackResults(results)[index]).toMatchObject({ state });
  });

  it.each([
    ['pass', [{ pinned: true }], []],
    ['pass', [], []],
    ['fail', [{ pinned: false }], []],
    ['fail', [], [{ kind: 'workflow' }]],
    ['fail', [{ pinned: true }], [{ kind: 'workflow' }]],
    ['pass', [{ pinned: true }], [{ kind: 'lockFile' }]],
  ])(
    'say "%s" of actions %j beside unread files %j',
    (state, actions, unread) => {
      const { spec, scorecard } = adopt(
        scorecards.find(([name]) => name === 'production-readiness')![1],
      );
      const scope = RuleScope.create();
      scope.enter({
        entity: {},
        facts: {
          git: knownFact({ actions, unread, workflows: [{ path: 'ci.yaml' }] }),
        },
        now: 0,
      });
      const { results } = scorecard.evaluate(scope);
      const index = spec.checks.findIndex(({ id }) => id === 'pinned-actions');
      expect(unpackResults(results)[index]).toMatchObject({ state });
    },
  );
});
