import { JsonObject } from '@backstage/types';
import { branchProtection } from '../facts/branchProtection';
import { environments } from '../facts/environments';
import { PullRequestFacts, pullRequests } from '../facts/pullRequests';
import { rulesets } from '../facts/rulesets';
import { workflowRuns } from '../facts/workflowRuns';
import { Answers, Learned } from './Answers';
import * as questions from './questions';

/** More than 1,000 are counted as 1,000. */
const MOST_PAGES = 10;

/** What GitHub says of a repository. */
export interface DescribedRepository {
  id: string;
  /** Web address. */
  url: string;
  payload: JsonObject;
}

/** Asks for everything that the payload of the fact source `github` is made of. */
export async function describeRepository(
  answers: Answers,
): Promise<DescribedRepository> {
  const repository = await answers.require(questions.repository);
  const branch = repository.default_branch;
  const unreadable: { facts: string; reason: string }[] = [];
  /** Null, and a reason, where one of the answers is not to be had. */
  const section = <Answer extends unknown[], Facts>(
    facts: string,
    learned: { [Index in keyof Answer]: Learned<Answer[Index]> },
    describe: (...values: Answer) => Facts,
  ): Facts | null => {
    const values: unknown[] = [];
    for (const one of learned as Learned<unknown>[]) {
      if (!one.known) {
        unreadable.push({ facts, reason: one.error.reason });
        return null;
      }
      values.push(one.value);
    }
    return describe(...(values as Answer));
  };

  const payload = {
    defaultBranch: branch,
    archived: repository.archived,
    visibility:
      repository.visibility ?? (repository.private ? 'private' : 'public'),
    branchProtection: section(
      'branchProtection',
      [
        await protectionOf(answers, branch),
        await answers.learn(questions.rulesOf(branch)),
      ],
      branchProtection,
    ),
    rulesets: section(
      'rulesets',
      [await answers.learn(questions.rulesets)],
      rulesets,
    ),
    environments: section(
      'environments',
      [await answers.learn(questions.environments)],
      environments,
    ),
    pullRequests: section(
      'pullRequests',
      [await openPullRequests(answers)],
      facts => facts,
    ),
    workflowRuns: section(
      'workflowRuns',
      [
        await answers.learn(questions.workflows),
        await answers.learn(questions.runsOf(branch)),
      ],
      workflowRuns,
    ),
    unreadable,
  };
  return {
    id: String(repository.id),
    url: repository.html_url,
    payload: payload as unknown as JsonObject,
  };
}

/** Undefined is known: the branch has none. */
async function protectionOf(answers: Answers, branch: string) {
  const learned = await answers.learn(questions.protectionOf(branch));
  // The same status says that the token may not see it.
  return !learned.known && /not protected/i.test(learned.error.hostMessage)
    ? { known: true as const, value: undefined }
    : learned;
}

async function openPullRequests(
  answers: Answers,
): Promise<Learned<PullRequestFacts>> {
  const listed = [];
  for (let page = 1; ; page += 1) {
    const learned = await answers.learn(questions.openPullRequests(page));
    if (!learned.known) {
      return learned;
    }
    listed.push(...learned.value);
    if (learned.value.length < questions.PAGE || page === MOST_PAGES) {
      return { known: true, value: pullRequests(listed) };
    }
  }
}
