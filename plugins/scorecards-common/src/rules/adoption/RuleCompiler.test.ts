import { knownFact, RuleScope, unknownFact, Unknown } from '..';
import { RuleCompiler } from './RuleCompiler';

const git = {
  type: 'object',
  required: ['files', 'codeOwners', 'testFiles', 'actions', 'days', 'size'],
  additionalProperties: false,
  properties: {
    files: {
      type: 'object',
      required: ['readme', 'content-type'],
      properties: {
        readme: { type: 'boolean' },
        'content-type': { type: 'string' },
      },
    },
    codeOwners: { type: 'array', items: { type: 'string' } },
    testFiles: { type: 'integer' },
    size: { type: ['integer', 'null'] },
    coverage: { type: 'number' },
    lastCommit: { type: 'string', format: 'date-time' },
    release: {
      type: ['object', 'null'],
      required: ['tag'],
      properties: { tag: { type: 'string' } },
    },
    days: { type: 'array', items: { type: 'string', format: 'date' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    actions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['ref', 'pinned'],
        properties: { ref: { type: 'string' }, pinned: { type: 'boolean' } },
      },
    },
  },
};
const compiler = RuleCompiler.create({
  factSources: [
    { id: 'git', schema: git },
    { id: 'github', schema: { type: 'object', properties: {} } },
  ],
});

function problemsOf(expression: string): string[] {
  const adoption = compiler.compile(expression, { path: 'spec.rule' });
  return adoption.ok
    ? []
    : adoption.problems.map(
        ({ path, line, column, reason }) =>
          `${path}:${line}:${column}: ${reason}`,
      );
}

describe('RuleCompiler', () => {
  it.each([
    ['facts.git.files.readme'],
    ['facts.git.actions.all(use, use.pinned)'],
    ['facts.git.testFiles % 2 == 0'],
    ['facts.git.size != null && facts.git.size % 2 == 0'],
    ['facts.git.coverage >= 80'],
    ['ageDays(facts.git.lastCommit) < 30'],
    ['size(within(facts.git.days, days(180))) > 0'],
    ['within(facts.git.actions.map(a, a.ref), days(7)).size() > 0'],
    ["semver(facts.git.release.tag) >= semver('1.2.0')"],
    ["facts.git.release.?tag.orValue('') != ''"],
    ["'pci' in entity.metadata.?tags.orValue([])"],
    ["facts.git.files['content-type'] == 'text'"],
    ["facts.git.labels.team == 'a' && has(facts.git.labels.team)"],
    ["facts.git.actions.exists(a, a.ref.matches('^v[0-9]+$'))"],
    ['has(facts.git) && has(facts.git.files.readme)'],
    ["entity.metadata.annotations.all(key, key.startsWith('a'))"],
  ])('adopts %s', expression => {
    expect(problemsOf(expression)).toEqual([]);
  });

  it.each([
    [
      'a mistyped source',
      'facts.gitt.files.readme',
      'spec.rule:1:7: unknown fact gitt: did you mean git?',
    ],
    [
      'a mistyped field',
      'true &&\n  facts.git.codeOwner.size() > 0',
      'spec.rule:2:13: unknown fact git.codeOwner: did you mean git.codeOwners?',
    ],
    [
      'a field that resembles nothing',
      'facts.git.files.zzz',
      'spec.rule:1:17: unknown fact git.files.zzz (known: git.files.readme, git.files.content-type)',
    ],
    [
      'a mistyped field of the variable of a loop',
      'facts.git.actions.all(use, use.pined)',
      'spec.rule:1:32: unknown fact git.actions[].pined: did you mean git.actions[].pinned?',
    ],
    [
      'a mistyped field behind has(), which would quietly be false',
      'facts.git.actions.filter(a, a.pinned).exists(use, has(use.reff))',
      'spec.rule:1:59: unknown fact git.actions[].reff: did you mean git.actions[].ref?',
    ],
    [
      'a mistyped field behind .?, which would quietly be none',
      'facts.git.?file.readme.orValue(true)',
      'spec.rule:1:12: unknown fact git.file: did you mean git.files?',
    ],
    [
      'a mistyped field of what may be null',
      "facts.git.release.tagg == ''",
      'spec.rule:1:19: unknown fact git.release.tagg: did you mean git.release.tag?',
    ],
    [
      'a field in brackets',
      "facts.git['filess'].readme",
      'spec.rule:1:11: unknown fact git.filess: did you mean git.files?',
    ],
    [
      'a source that is computed',
      'facts[entity.metadata.name].x',
      'spec.rule:1:7: the id of a source must be written out',
    ],
    [
      'a result that is no truth value',
      'facts.git.testFiles',
      'spec.rule:1:1: must be true or false, not int',
    ],
    [
      'operands that do not fit',
      "facts.git.testFiles > 'a'",
      'spec.rule:1:1: no such overload: int > string',
    ],
    [
      'an unknown variable',
      'entty.kind == 1',
      'spec.rule:1:1: Unknown variable: entty',
    ],
    [
      'a function that does not exist',
      'now() > 1',
      "spec.rule:1:1: found no matching overload for 'now()'",
    ],
    [
      'a method that only the library has',
      "facts.git.codeOwners[0].lowerAscii() == 'a'",
      'spec.rule:1:1: there is no method lowerAscii()',
    ],
    [
      'a regular expression that looks around',
      "facts.git.codeOwners[0].matches('a(?=b)')",
      'spec.rule:1:33: the regular expression is not linear-time: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      'a regular expression with a back reference',
      "facts.git.codeOwners[0].matches('(a)\\\\1')",
      'spec.rule:1:33: the regular expression is not linear-time: error parsing regexp: invalid escape sequence: `\\1`',
    ],
    [
      'a regular expression whose program is huge',
      "facts.git.codeOwners[0].matches('((a{100}){100}){100}')",
      'spec.rule:1:33: the regular expression repeats too much',
    ],
    [
      'an error of syntax',
      'facts.git.files.readme &&',
      'spec.rule:1:26: unexpected the end of the expression',
    ],
    [
      'a number that fits no integer',
      'facts.git.testFiles < 9223372036854775808',
      'spec.rule:1:23: 9223372036854775808 does not fit an int',
    ],
  ])('refuses %s', (_, expression, problem) => {
    expect(problemsOf(expression)).toEqual([problem]);
  });

  it.each([
    ['depth', `${'!'.repeat(5_000)}true`],
    ['depth of brackets', `${'('.repeat(5_000)}true${')'.repeat(5_000)}`],
    ['depth of negations', `${'!'.repeat(500_000)}true`],
    ['a chain', Array(5_000).fill('true').join(' && ')],
    ['length', `"${'a'.repeat(1_000_000)}" == "a"`],
    ['a list', `1 in [${Array(5_000).fill('1').join(',')}]`],
  ])('refuses an expression beyond its limit of %s', (_, expression) => {
    expect(problemsOf(expression)).toEqual([
      expect.stringMatching(/Exceeded max|is \d+ characters long|too deep/),
    ]);
  });

  it('evaluates what it adopted', () => {
    const adoption = compiler.compile(
      'facts.git.actions.all(use, use.pinned) && facts.git.testFiles % 2 == 0',
      { path: 'spec.rule' },
    );
    if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
    const { rule } = adoption;
    expect(rule.sources).toEqual(['git']);
    const input = (testFiles: number) => ({
      entity: {},
      facts: { git: knownFact({ actions: [{ pinned: true }], testFiles }) },
      now: 0,
    });
    expect(rule.evaluate(input(4)).outcome).toBe(true);
    expect(rule.evaluate(input(3)).outcome).toBe(false);
  });

  it('keeps apart why a fact is not known', () => {
    const adoption = compiler.compile('has(facts.git.files.readme)', {
      path: 'spec.rule',
    });
    if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
    const scope = RuleScope.create();
    const reasonOf = (facts: Parameters<RuleScope['enter']>[0]['facts']) => {
      scope.enter({ entity: {}, facts, now: 1_000 });
      const outcome = adoption.rule.test(scope);
      return outcome instanceof Unknown ? outcome.reason : outcome;
    };
    expect(reasonOf({})).toBe('missing');
    expect(
      reasonOf({ git: knownFact({ files: {} }, { freshUntil: 1_000 }) }),
    ).toBe('stale');
    expect(reasonOf({ git: unknownFact('git', 'collectorError', '401') })).toBe(
      'collectorError',
    );
    expect(reasonOf({ git: unknownFact('git', 'noAccess', 'secret') })).toBe(
      'noAccess',
    );
    expect(reasonOf({ git: knownFact({ files: {} }) })).toBe(false);
    expect(reasonOf({ git: knownFact({}) })).toBe('ruleError');
  });
});
