import { scorecardKind } from '.';

const scorecard = () => ({
  apiVersion: 'waymark.dev/v1',
  kind: 'Scorecard',
  metadata: { name: 'production-readiness', title: 'Production readiness' },
  spec: {
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component', 'spec.type': 'service' } as unknown,
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'silver', title: 'Silver' },
    ],
    exemptions: {
      maxDays: 90,
      also: [{ when: 'facts.risk.tier >= 3', group: 'group:default/security' }],
    },
    checks: [
      {
        id: 'branch-protected',
        title: 'Default branch needs review',
        level: 'silver',
        weight: 3,
        gate: true,
        when: "entity.spec.lifecycle == 'production'",
        rule: 'facts.github.branchProtection.requiredApprovals >= 1',
        warn: 'facts.github.branchProtection.?requiredApprovals.orValue(0) == 1',
        onUnknown: 'hold',
        effectiveFrom: '2026-12-01',
        because: 'A change nobody else has seen must not reach production.',
        fix: {
          docs: 'https://docs.example/branch-protection',
          effort: 'PT15M',
          template: 'template:default/adopt-paved-road',
          with: {
            repo: "entity.metadata.annotations['github.com/project-slug']",
          },
        },
      },
    ],
  },
});

type Draft = ReturnType<typeof scorecard> & {
  spec: Record<string, unknown>;
};

/** The problems of the valid scorecard after `change`, as a person reads them. */
function problemsAfter(
  change: (check: Record<string, unknown>, draft: Draft) => void,
): string[] {
  const draft = scorecard();
  change(draft.spec.checks[0], draft);
  const result = scorecardKind.parse(draft);
  return result.ok
    ? []
    : result.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

describe('Scorecard', () => {
  it('accepts a full definition and fills in the defaults', () => {
    const draft = scorecard();
    Reflect.deleteProperty(draft.spec, 'exemptions');
    const [check] = draft.spec.checks;
    for (const key of ['weight', 'gate', 'onUnknown']) {
      Reflect.deleteProperty(check, key);
    }
    draft.spec.owner = 'platform';

    expect(scorecardKind.parse(draft)).toEqual({
      ok: true,
      definition: expect.objectContaining({
        spec: expect.objectContaining({
          owner: 'group:default/platform',
          exemptions: { maxDays: 90, also: [] },
          checks: [
            expect.objectContaining({
              weight: 1,
              gate: false,
              onUnknown: 'hold',
              holdFor: 'P7D',
            }),
          ],
        }),
      }),
    });
  });

  it.each<[string, Parameters<typeof problemsAfter>[0], string]>([
    [
      'a mistyped key, with the nearest known one',
      check => Object.assign(check, { levl: 'gold' }),
      'spec.checks[0].levl: unknown key, did you mean "level"?',
    ],
    [
      'a mistyped key deep inside',
      check => Object.assign(check.fix as object, { templat: 'x' }),
      'spec.checks[0].fix.templat: unknown key, did you mean "template"?',
    ],
    [
      'a key that resembles nothing, with the known ones',
      (_, { spec }) => Object.assign(spec.levels[0], { colour: 'red' }),
      'spec.levels[0].colour: unknown key (known: id, title, description)',
    ],
    [
      'a level that does not exist',
      check => Object.assign(check, { level: 'sliver' }),
      'spec.checks[0].level: "sliver" is not a level of this scorecard (bronze, silver), did you mean "silver"?',
    ],
    [
      'a repeated check',
      (check, { spec }) => spec.checks.push({ ...check } as never),
      'spec.checks[1].id: repeats "branch-protected" of checks[0]; ids must be unique',
    ],
    [
      'a weight of zero',
      check => Object.assign(check, { weight: 0 }),
      'spec.checks[0].weight: must be greater than 0',
    ],
    [
      'a missing rule',
      check => delete check.rule,
      'spec.checks[0].rule: is missing, expected text',
    ],
    [
      'a text where a truth value belongs',
      check => Object.assign(check, { gate: 'yes' }),
      'spec.checks[0].gate: must be true or false, not text',
    ],
    [
      'an unknown choice',
      check => Object.assign(check, { onUnknown: 'holdd' }),
      'spec.checks[0].onUnknown: must be one of "hold", "fail", "pass", not "holdd", did you mean "hold"?',
    ],
    [
      'a day that is no day',
      check => Object.assign(check, { effectiveFrom: '2026-02-30' }),
      'spec.checks[0].effectiveFrom: must be a date such as 2026-12-01',
    ],
    [
      'a duration in words',
      check => Object.assign(check.fix as object, { effort: '15 minutes' }),
      'spec.checks[0].fix.effort: must be an ISO 8601 duration such as PT15M or P7D',
    ],
    [
      'a rule with an error of syntax, at its position',
      check => Object.assign(check, { rule: 'facts.github.x\n  >= ' }),
      'spec.checks[0].rule: is not a CEL expression: line 2, column 6: unexpected the end of the expression',
    ],
    [
      'an error of syntax in the condition of an approval',
      (_, { spec }) => {
        spec.exemptions.also[0].when = 'a ==* b';
      },
      'spec.exemptions.also[0].when: is not a CEL expression: line 1, column 5: unexpected "*"',
    ],
    [
      'an owner that is no group',
      (_, { spec }) => {
        spec.owner = 'user:default/dev-checkout';
      },
      'spec.owner: must name a group as group:default/name, not "user:default/dev-checkout"',
    ],
    [
      'a mistyped operator of the population',
      (_, { spec }) => {
        spec.appliesTo = { $al: [{ kind: 'Component' }] };
      },
      'spec.appliesTo.$al: unknown operator, did you mean "$all"?',
    ],
    [
      'an operator with a neighbour, which would silently be dropped',
      (_, { spec }) => {
        spec.appliesTo = { 'spec.type': { $in: ['service'], $exists: true } };
      },
      `spec.appliesTo['spec.type']: "$in" must stand alone`,
    ],
    [
      'a population that is no object',
      (_, { spec }) => {
        spec.appliesTo = 'Component';
      },
      'spec.appliesTo: must be a filter predicate such as { kind: Component, spec.type: service }',
    ],
    [
      'parameters without a template',
      check => {
        check.fix = { docs: '/docs/x', with: { repo: 'entity.metadata.name' } };
      },
      'spec.checks[0].fix.with: needs a template to give the parameters to',
    ],
    [
      'a foreign version',
      (_, draft) => {
        draft.apiVersion = 'waymark.dev/v2';
      },
      'apiVersion: must be "waymark.dev/v1", not "waymark.dev/v2", did you mean "waymark.dev/v1"?',
    ],
  ])('refuses %s', (_, change, problem) => {
    expect(problemsAfter(change)).toContain(problem);
  });

  it('reports every problem at once', () => {
    expect(
      problemsAfter((check, { spec }) => {
        delete check.title;
        spec.owner = 'user:default/a';
      }),
    ).toHaveLength(2);
  });

  it('bounds the depth of an expression instead of running out of stack', () => {
    const rule = `${'('.repeat(50_000)}1${')'.repeat(50_000)}`;
    expect(problemsAfter(check => Object.assign(check, { rule }))).toEqual([
      expect.stringMatching(/^spec\.checks\[0\]\.rule: .*maxDepth/),
    ]);
  });
});
