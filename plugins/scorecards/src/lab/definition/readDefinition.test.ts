import { Entity } from '@backstage/catalog-model';
import { RuleCompiler } from '@waymark/scorecards-common';
import { parseDocument } from 'yaml';
import { expressionBefore } from './places';
import { readDefinition } from './readDefinition';
import { SKELETON } from './skeleton';
import { writeDefinition } from './writeDefinition';

const git = {
  id: 'git',
  schema: {
    type: 'object',
    required: ['testFiles', 'readme'],
    properties: {
      testFiles: { type: 'integer' },
      readme: { type: ['string', 'null'] },
    },
  },
};
const compiler = RuleCompiler.create({ factSources: [git] });

const withRule = (rule: string) =>
  SKELETON.replace(/rule: .*/, () => `rule: ${rule}`);

/** What is marked, and why. */
const marked = (text: string) =>
  readDefinition(text, compiler).problems.map(
    ({ from, to, reason }) => [text.slice(from, to), reason] as const,
  );

describe('the reading of a definition', () => {
  it('begins with one that is good', () => {
    expect(readDefinition(SKELETON, compiler)).toMatchObject({
      problems: [],
      definition: { metadata: { name: 'my-scorecard' } },
      spec: { checks: [{ id: 'described' }] },
    });
  });

  it.each([
    ['plain', 'facts.git.testFile > 0'],
    ['in quotes', "'facts.git.testFile > 0'"],
    [
      'in quotes with quotes',
      "'entity.kind == ''It'' && facts.git.testFile > 0'",
    ],
    ['in double quotes', '"entity.kind == \\"a\\" && facts.git.testFile > 0"'],
    [
      'folded',
      '>-\n        entity.kind == "a"\n        && facts.git.testFile > 0',
    ],
    [
      'literal',
      '|\n        entity.kind == "a" &&\n        facts.git.testFile > 0',
    ],
    ['over lines', 'entity.kind == "a"\n        && facts.git.testFile > 0'],
  ])('marks what is wrong in a rule that is %s', (_, rule) => {
    expect(marked(withRule(rule))).toEqual([
      ['testFile', 'unknown fact git.testFile: did you mean git.testFiles?'],
    ]);
  });

  it('marks the end of a rule that is not finished', () => {
    const [[place, reason]] = marked(withRule('facts.git.testFiles >'));
    expect(place).toBe('>');
    expect(reason).toBe('unexpected the end of the expression');
  });

  it('marks what the kind does not know, and what is missing', () => {
    expect(marked(SKELETON.replace('because:', 'becuse:'))).toEqual([
      ['id: described', 'is missing, expected text'],
      [expect.stringContaining('Whoever'), expect.stringContaining('because')],
    ]);
    expect(marked(SKELETON.replace('level: bronze', 'level: bronce'))).toEqual([
      ['bronce', expect.stringContaining('did you mean "bronze"?')],
    ]);
    expect(marked(SKELETON.replace('name: my-scorecard', 'name: a b'))).toEqual(
      [['a b', expect.stringContaining('letters and digits')]],
    );
  });

  it('marks what is no YAML, and says of an empty text what is missing', () => {
    expect(marked('spec: [1, 2').length).toBe(1);
    expect(marked('')[0][1]).toBe('must be an object with keys, not empty');
  });

  it('reads again what it has written of the catalog', () => {
    const { definition } = readDefinition(SKELETON, compiler);
    const text = writeDefinition({
      ...(definition as Entity),
      metadata: {
        ...definition!.metadata,
        namespace: 'default',
        uid: 'u',
        etag: 'e',
        annotations: { 'backstage.io/managed-by-location': 'url:x', own: 'y' },
      },
    });
    expect(readDefinition(text, compiler).definition).toEqual({
      ...definition,
      metadata: { ...definition!.metadata, annotations: { own: 'y' } },
    });
  });
});

describe('the expression before the cursor', () => {
  const before = (rule: string) => {
    const marks = withRule(rule);
    const position = marks.indexOf('|');
    const text = marks.replace('|', '');
    return expressionBefore(text, parseDocument(text), position);
  };

  it.each([
    ['facts.git.|', 'facts.git.'],
    ['facts.git.te| > 0', 'facts.git.te'],
    ['true && |', 'true && '],
    ["'facts.|'", 'facts.'],
    ['|', ''],
  ])('is found in %s', (rule, expected) => {
    expect(before(rule)).toBe(expected);
  });

  it('is found where it is folded, and in the parameters of a fix', () => {
    expect(before('>-\n        true &&\n        facts.|')).toMatch(
      /^\s*true &&\s+facts\.$/,
    );
    expect(
      before('true\n      fix: { template: a, with: { name: "entity.| " } }'),
    ).toBe('entity.');
  });

  it('is none in another text', () => {
    expect(before('true\n      title: facts.|')).toBeUndefined();
  });
});
