import fc from 'fast-check';
import { knownFact, RuleCompiler, RuleScope, unknownFact } from '../rules';
import { scorecardSpecSchema } from '../scorecard';
import { CompiledScorecard, proveCheck, unpackResults } from '.';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const compiler = RuleCompiler.create({
  factSources: [
    {
      id: 'git',
      schema: {
        type: 'object',
        required: ['readme', 'tests', 'files'],
        properties: {
          readme: { type: 'boolean' },
          tests: { type: 'integer' },
          files: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  ],
});

const adoption = CompiledScorecard.adopt(
  scorecardSpecSchema.parse({
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze', title: 'Bronze' }],
    checks: [
      {
        id: 'tested',
        title: 'Tested',
        level: 'bronze',
        when: 'facts.git.readme',
        rule: 'facts.git.tests > 0',
        warn: 'facts.git.tests < 3',
        because: 'It must work.',
        fix: {
          template: 'template:default/add-tests',
          with: {
            missing: 'facts.git.tests + 1',
            of: 'entity.metadata.name',
            nowhere: 'facts.git.files[0]',
          },
        },
      },
    ],
  }),
  compiler,
);
if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
const [check] = adoption.scorecard.checks;
const entity = { kind: 'Component', metadata: { name: 'api' } };

describe('the proof of a check', () => {
  it('says at its roots what the check says', () => {
    fc.assert(
      fc.property(
        fc.option(
          fc.record({ readme: fc.boolean(), tests: fc.nat({ max: 4 }) }),
          { nil: undefined },
        ),
        git => {
          const facts = {
            git: git
              ? knownFact({ ...git, files: [] }, { commit: 'abc' })
              : unknownFact('git', 'collectorError', 'Bad credentials'),
          };
          const input = { entity, facts, now: NOW };
          const scope = RuleScope.create();
          scope.enter(input);
          const [{ state }] = unpackResults(
            adoption.scorecard.evaluate(scope).results,
          );
          const { when, rule, warn } = proveCheck(check, input);
          const proven = () => {
            if (when!.unknown || rule.unknown) return 'unknown';
            if (!when!.value) return 'notApplicable';
            if (!rule.value) return 'fail';
            return warn!.value ? 'warn' : 'pass';
          };
          expect(proven()).toBe(state);
        },
      ),
    );
  });

  it('names the facts, and gives the fix what is known', () => {
    const facts = {
      git: knownFact(
        { readme: true, tests: 2, files: [] },
        { commit: 'abc', url: 'https://forge.example/acme/api' },
      ),
    };
    expect(proveCheck(check, { entity, facts, now: NOW })).toMatchObject({
      facts: [
        {
          source: 'git',
          commit: 'abc',
          url: 'https://forge.example/acme/api',
        },
      ],
      fixWith: { missing: 3, of: 'api' },
    });
  });
});
