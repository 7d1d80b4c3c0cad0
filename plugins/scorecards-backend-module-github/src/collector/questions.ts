import { z } from 'zod';
import { branchRulesSchema, protectionSchema } from '../facts/branchProtection';
import { environmentsSchema } from '../facts/environments';
import { pullRequestsSchema } from '../facts/pullRequests';
import { rulesetsSchema } from '../facts/rulesets';
import { runsSchema, workflowsSchema } from '../facts/workflowRuns';
import { Question } from './Answers';

/** Entries of one page, and the most that GitHub gives. */
export const PAGE = 100;

export const repositorySchema = z.object({
  id: z.number(),
  html_url: z.string(),
  default_branch: z.string(),
  archived: z.boolean().default(false),
  private: z.boolean(),
  visibility: z.string().optional(),
});

export const repository: Question<z.output<typeof repositorySchema>> = {
  what: 'the settings',
  schema: repositorySchema,
  send: (octokit, request) => octokit.rest.repos.get({ ...request }),
};

export const protectionOf = (
  branch: string,
): Question<z.output<typeof protectionSchema>> => ({
  what: `the protection of ${branch}`,
  schema: protectionSchema,
  send: (octokit, request) =>
    octokit.rest.repos.getBranchProtection({ ...request, branch }),
});

export const rulesOf = (
  branch: string,
): Question<z.output<typeof branchRulesSchema>> => ({
  what: `the rules of ${branch}`,
  schema: branchRulesSchema,
  send: (octokit, request) =>
    octokit.rest.repos.getBranchRules({ ...request, branch, per_page: PAGE }),
});

export const rulesets: Question<z.output<typeof rulesetsSchema>> = {
  what: 'the rulesets',
  schema: rulesetsSchema,
  send: (octokit, request) =>
    octokit.rest.repos.getRepoRulesets({
      ...request,
      includes_parents: true,
      per_page: PAGE,
    }),
};

export const environments: Question<z.output<typeof environmentsSchema>> = {
  what: 'the environments',
  schema: environmentsSchema,
  send: (octokit, request) =>
    octokit.rest.repos.getAllEnvironments({ ...request, per_page: PAGE }),
};

/** @param page - from 1 */
export const openPullRequests = (
  page: number,
): Question<z.output<typeof pullRequestsSchema>> => ({
  what: `page ${page} of the open pull requests`,
  schema: pullRequestsSchema,
  send: (octokit, request) =>
    octokit.rest.pulls.list({
      ...request,
      state: 'open',
      sort: 'created',
      direction: 'asc',
      per_page: PAGE,
      page,
    }),
});

export const workflows: Question<z.output<typeof workflowsSchema>> = {
  what: 'the workflows',
  schema: workflowsSchema,
  send: (octokit, request) =>
    octokit.rest.actions.listRepoWorkflows({ ...request, per_page: PAGE }),
};

export const runsOf = (
  branch: string,
): Question<z.output<typeof runsSchema>> => ({
  what: `the workflow runs of ${branch}`,
  schema: runsSchema,
  send: (octokit, request) =>
    octokit.rest.actions.listWorkflowRunsForRepo({
      ...request,
      branch,
      status: 'completed',
      exclude_pull_requests: true,
      per_page: PAGE,
    }),
});
