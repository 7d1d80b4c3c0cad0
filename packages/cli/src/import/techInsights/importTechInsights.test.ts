import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { importTechInsights } from './importTechInsights';

const example = join(__dirname, '__fixtures__/backstage-example.yaml');

describe('the command that imports checks of Tech Insights', () => {
  let folder: string;
  const printed: string[] = [];
  const warned: string[] = [];
  const run = (file: string, out?: string) =>
    importTechInsights(file, {
      name: 'old-checks',
      owner: 'group:default/platform',
      source: 'techInsights',
      out,
      print: line => printed.push(line),
      warn: line => warned.push(line),
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-'));
    printed.length = 0;
    warned.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes both definitions where the portal reads them, once', async () => {
    expect(await run(example, folder)).toBe(true);
    const files = ['scorecards', 'fact-sources'].map(kind =>
      join(folder, kind, 'old-checks.yaml'),
    );
    expect(printed).toEqual(files);
    const kinds = await Promise.all(
      files.map(async file => parse(await readFile(file, 'utf8')).kind),
    );
    expect(kinds).toEqual(['Scorecard', 'FactSource']);
    await expect(run(example, folder)).rejects.toThrow(
      'is there already: choose another --name',
    );
    expect(warned).toEqual([]);
  });

  it('prints them, and says what is left out and that something is', async () => {
    const file = join(folder, 'checks.json');
    const conditions = { all: [{ fact: 'a', operator: 'equal', value: 1 }] };
    const type = 'json-rules-engine';
    await writeFile(
      file,
      JSON.stringify({
        kept: { type, rule: { conditions } },
        left: { type, rule: { conditions: { condition: 'shared' } } },
      }),
    );
    expect(await run(file)).toBe(false);
    expect(printed.join()).toContain('rule: facts.techInsights.a == 1');
    expect(warned).toEqual([
      expect.stringMatching(/^left\.rule\.conditions\.condition: refers to /),
    ]);
    await expect(run(join(folder, 'none'))).rejects.toThrow('cannot be read');
  });
});
