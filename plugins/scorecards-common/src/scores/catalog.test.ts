import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { factSourceKind } from '../factSource';
import { knownFact, RuleCompiler, RuleScope } from '../rules';
import { scorecardKind } from '../scorecard';
import { CompiledScorecard } from './CompiledScorecard';
import { unpackResults } from './checkResult';

const CATALOG = join(__dirname, '../../../../catalog');

function documents(folder: string): unknown[] {
  const path = join(CATALOG, folder);
  return readdirSync(path).map(file =>
    parse(readFileSync(join(path, file), 'utf8')),
  );
}

describe('the scorecards of the catalog', () => {
  const compiler = RuleCompiler.create({
    factSources: documents('fact-sources').map(document => {
      const parsed = factSourceKind.parse(document);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return parsed.definition.spec;
    }),
  });

  it('read only facts that a source declares', () => {
    const problems = documents('scorecards').flatMap(document => {
      const parsed = scorecardKind.parse(document);
      if (!parsed.ok) return parsed.problems;
      const adoption = CompiledScorecard.adopt(
        parsed.definition.spec,
        compiler,
      );
      return adoption.ok ? [] : adoption.problems;
    });
    expect(problems).toEqual([]);
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
      const parsed = scorecardKind.parse(
        documents('scorecards').find(document =>
          JSON.stringify(document).includes('"pinned-actions"'),
        ),
      );
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const { spec } = parsed.definition;
      const adoption = CompiledScorecard.adopt(spec, compiler);
      if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
      const scope = RuleScope.create();
      scope.enter({
        entity: {},
        facts: {
          git: knownFact({ actions, unread, workflows: [{ path: 'ci.yaml' }] }),
        },
        now: 0,
      });
      const { results } = adoption.scorecard.evaluate(scope);
      const index = spec.checks.findIndex(({ id }) => id === 'pinned-actions');
      expect(unpackResults(results)[index]).toMatchObject({ state });
    },
  );
});
