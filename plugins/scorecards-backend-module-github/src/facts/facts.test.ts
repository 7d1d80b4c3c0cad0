import {
  branchProtection,
  branchRulesSchema,
  protectionSchema,
} from './branchProtection';
import { environments, environmentsSchema } from './environments';
import { pullRequests, pullRequestsSchema } from './pullRequests';
import { runsSchema, workflowRuns, workflowsSchema } from './workflowRuns';

describe('branchProtection', () => {
  const of = (classic: unknown, rules: unknown = []) =>
    branchProtection(
      classic === undefined ? undefined : protectionSchema.parse(classic),
      branchRulesSchema.parse(rules),
    );

  it('takes the strictest of what a classic protection and rulesets ask for', () => {
    const approvals = (count: number) => ({
      required_approving_review_count: count,
    });
    const classic = { required_pull_request_reviews: approvals(1) };
    const rule = (count: number) => ({
      type: 'pull_request',
      parameters: approvals(count),
    });
    expect(of(classic).requiredApprovals).toBe(1);
    expect(of(classic, [rule(0)]).requiredApprovals).toBe(1);
    expect(of(classic, [rule(3), rule(2)]).requiredApprovals).toBe(3);
    expect(of(undefined, [rule(2)]).requiredApprovals).toBe(2);
  });

  it('joins the checks that must succeed, each once', () => {
    const { statusChecks, upToDateBranches } = of(
      {
        required_status_checks: {
          strict: false,
          contexts: ['b'],
          checks: [{ context: 'b' }, { context: 'c' }],
        },
      },
      [
        {
          type: 'required_status_checks',
          parameters: {
            required_status_checks: [{ context: 'a', integration_id: 1 }],
            strict_required_status_checks_policy: true,
          },
        },
      ],
    );
    expect(statusChecks).toEqual(['a', 'b', 'c']);
    expect(upToDateBranches).toBe(true);
  });

  it('knows that a classic protection blocks force pushes and deletions unless it says otherwise', () => {
    expect(of({})).toMatchObject({
      protected: true,
      forcePushesBlocked: true,
      deletionsBlocked: true,
    });
    expect(
      of({
        allow_force_pushes: { enabled: true },
        allow_deletions: { enabled: true },
      }),
    ).toMatchObject({ forcePushesBlocked: false, deletionsBlocked: false });
    expect(of(undefined, [{ type: 'non_fast_forward' }])).toMatchObject({
      protected: true,
      forcePushesBlocked: true,
      deletionsBlocked: false,
    });
  });

  it.each([
    ['deletion', 'deletionsBlocked'],
    ['required_signatures', 'signedCommits'],
    ['required_linear_history', 'linearHistory'],
  ])('knows the rule %s', (type, fact) => {
    expect(of(undefined, [{ type }])).toMatchObject({ [fact]: true });
    expect(of(undefined)).toMatchObject({ [fact]: false, protected: false });
  });

  it('takes a rule that it does not know for protection, and for nothing more', () => {
    expect(of(undefined, [{ type: 'merge_queue', parameters: {} }])).toEqual({
      ...of(undefined),
      protected: true,
    });
  });
});

describe('environments', () => {
  it.each([
    [null, 'all'],
    [undefined, 'all'],
    [{ protected_branches: true, custom_branch_policies: false }, 'protected'],
    [{ protected_branches: false, custom_branch_policies: true }, 'selected'],
  ])('reads the branch policy %j', (policy, branches) => {
    const [environment] = environments(
      environmentsSchema.parse({
        environments: [{ name: 'a', deployment_branch_policy: policy }],
      }),
    );
    expect(environment).toEqual({
      name: 'a',
      reviewers: 0,
      preventsSelfReview: false,
      waitMinutes: 0,
      branches,
    });
  });
});

describe('pullRequests', () => {
  it('names the oldest first, in whatever order they are listed', () => {
    const facts = pullRequests(
      pullRequestsSchema.parse([
        { number: 9, created_at: '2026-03-01T00:00:00Z', base: { ref: 'm' } },
        {
          number: 3,
          created_at: '2026-01-01T00:00:00Z',
          base: { ref: 'm' },
          user: { login: 'mina' },
          draft: true,
        },
      ]),
    );
    expect(facts).toMatchObject({
      open: 2,
      oldestOpenedAt: '2026-01-01T00:00:00.000Z',
      oldest: [
        { number: 3, author: 'mina', draft: true },
        { number: 9, author: null, draft: false },
      ],
    });
  });
});

describe('workflowRuns', () => {
  const run = (workflow: number, conclusion: string | null, day: string) => ({
    workflow_id: workflow,
    conclusion,
    head_sha: `of ${day}`,
    updated_at: `2026-11-${day}T10:00:00Z`,
    html_url: 'https://git.example/run',
  });

  it('tells the last run of each workflow, and how many went well', () => {
    const facts = workflowRuns(
      workflowsSchema.parse({
        workflows: [
          {
            id: 2,
            name: 'Release',
            path: 'b.yaml',
            state: 'disabled_manually',
          },
          { id: 1, name: 'CI', path: 'a.yaml', state: 'active' },
        ],
      }),
      runsSchema.parse({
        workflow_runs: [
          run(1, 'failure', '20'),
          run(1, 'success', '19'),
          run(3, 'cancelled', '18'),
          run(3, 'timed_out', '17'),
        ],
      }),
    );
    expect(facts).toEqual({
      workflows: [
        {
          path: 'a.yaml',
          name: 'CI',
          enabled: true,
          lastRun: {
            conclusion: 'failure',
            endedAt: '2026-11-20T10:00:00.000Z',
            commit: 'of 20',
            url: 'https://git.example/run',
          },
        },
        { path: 'b.yaml', name: 'Release', enabled: false, lastRun: null },
      ],
      runs: 4,
      succeeded: 1,
      failed: 2,
      since: '2026-11-17T10:00:00.000Z',
    });
  });
});
