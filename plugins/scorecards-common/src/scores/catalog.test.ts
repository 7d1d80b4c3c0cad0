import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { factSourceKind } from '../factSource';
import { RuleCompiler } from '../rules';
import { scorecardKind } from '../scorecard';
import { CompiledScorecard } from './CompiledScorecard';

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
});
