import { RuleCompiler } from '..';
import { LOOP_MACROS } from '../compile/macros';
import { FUNCTIONS, METHODS } from '../functions';
import { completeRule } from './completeRule';
import { FUNCTION_SIGNATURES } from './functionSignatures';

const git = {
  id: 'git',
  title: 'Git',
  schema: {
    type: 'object',
    required: ['testFiles', 'files', 'actions'],
    properties: {
      testFiles: { type: 'integer', description: 'How many there are.' },
      files: {
        type: 'object',
        required: ['readme'],
        properties: { readme: { type: ['string', 'null'] } },
      },
      actions: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'pinned'],
          properties: { name: { type: 'string' }, pinned: { type: 'boolean' } },
        },
      },
    },
  },
};

const at = (text: string) => {
  const position = text.indexOf('|');
  return completeRule(text.replace('|', ''), position, [git]);
};
const labels = (text: string) => at(text)?.options.map(({ label }) => label);

describe('the completion of rules', () => {
  it.each([
    ['facts.|', ['git']],
    ['true && facts.git.te|', ['testFiles', 'files', 'actions']],
    ['facts.git.files.?|', ['readme']],
    ['facts.git.actions[0].|', ['name', 'pinned']],
    ['facts.git.actions.all(use, use.|', ['name', 'pinned']],
    ['facts.git.testFiles.|', []],
    ['entity.|', ['apiVersion', 'kind', 'metadata', 'spec', 'relations']],
  ])('knows what comes next in %s', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it('begins with the facts, the entity and what a loop has named, and with functions', () => {
    expect(labels('facts.git.actions.exists(use, |')).toEqual(
      expect.arrayContaining(['facts', 'entity', 'use', 'ageDays', 'true']),
    );
    expect(labels('|')).not.toContain('contains');
  });

  it('offers the methods of what stands before them', () => {
    expect(labels('facts.git.actions.|')).toEqual(
      expect.arrayContaining(['all', 'exists', 'size']),
    );
    expect(labels('facts.git.actions.|')).not.toContain('startsWith');
    expect(labels('facts.git.files.readme.|')).toContain('startsWith');
    expect(labels('entity.metadata.tags.filter(tag, true).|')).toContain(
      'exists',
    );
  });

  it('tells types and descriptions, and where the word begins', () => {
    expect(at('facts.git.te|')).toMatchObject({ from: 10 });
    expect(at('facts.git.|')?.options).toEqual([
      {
        label: 'testFiles',
        kind: 'field',
        detail: 'integer',
        description: 'How many there are.',
      },
      { label: 'files', kind: 'field', detail: 'object' },
      { label: 'actions', kind: 'field', detail: 'list<object>' },
    ]);
    expect(at('facts.git.files.|')?.options[0].detail).toBe('string or null');
  });

  it('leaves texts alone', () => {
    expect(at("entity.kind == 'fa|")).toBeUndefined();
    expect(labels("entity.kind == 'a\\'b' && |")).toContain('facts');
  });
});

describe('the signatures of functions', () => {
  const named = (isMethod: boolean) =>
    new Set(
      FUNCTION_SIGNATURES.filter(({ on }) => Boolean(on) === isMethod).map(
        ({ name }) => name,
      ),
    );

  it('name every function and method that the compiler knows', () => {
    // Written apart from the tables of the compiler, because they are compiled in a way of their own.
    const special = ['has', 'size', 'ageDays', 'within', 'cel.bind'];
    const optionals = ['of', 'none'];
    expect(named(false)).toEqual(
      new Set([
        ...FUNCTIONS.keys(),
        ...special,
        ...optionals.map(name => `optional.${name}`),
      ]),
    );
    expect(named(true)).toEqual(
      new Set([
        ...METHODS.keys(),
        'size',
        'matches',
        // The other spelling of exists_one.
        ...[...LOOP_MACROS].filter(name => name !== 'existsOne'),
      ]),
    );
  });

  // One call of each, as its signature says.
  const CALLS: Record<string, string> = {
    ageDays: "ageDays('2026-01-01')",
    within: "within(['2026-01-01'], days(2))",
    days: 'days(2)',
    semver: "semver('1.0.0')",
    has: 'has(facts.git.files)',
    size: 'size([1])',
    bool: "bool('true')",
    bytes: "bytes('a')",
    double: 'double(1)',
    duration: "duration('90m')",
    dyn: 'dyn(1)',
    int: "int('1')",
    string: 'string(1)',
    timestamp: "timestamp('2026-01-01T00:00:00Z')",
    type: 'type(1)',
    uint: 'uint(1)',
    'cel.bind': 'cel.bind(x, 1, x)',
    'optional.of': 'optional.of(1)',
    'optional.none': 'optional.none()',
  };

  it.each([...named(false)])('can be called as they say: %s', name => {
    const compiler = RuleCompiler.create({ factSources: [git] });
    expect(
      compiler.compile(CALLS[name], { path: 'p', result: 'any' }),
    ).toMatchObject({ ok: true });
  });
});
