import { ForgeContext } from '../ForgeContext';
import { Json, RestRepository } from '../social/types';
import {
  SeedIssue,
  SeedPullRequest,
  SeedRepositorySettings,
} from '../seed/types';
import { daysAgo } from './daysAgo';

const LABEL_COLORS = [
  '0e8a16',
  '1d76db',
  '5319e7',
  'b60205',
  'd93f0b',
  'fbca04',
];

/** Issues and pull requests share one series of numbers: oldest first. */
export async function seedConversations(
  context: ForgeContext,
  repository: RestRepository,
  settings: SeedRepositorySettings,
  now: Date,
): Promise<void> {
  const issues = settings.issues ?? [];
  const labels = [...new Set(issues.flatMap(issue => issue.labels))].sort();
  for (const [index, name] of labels.entries()) {
    await context.state.write(
      {
        method: 'POST',
        path: `/repos/${repository.full_name}/labels`,
        body: { name, color: LABEL_COLORS[index % LABEL_COLORS.length] },
      },
      { actor: context.bot, at: new Date(repository.created_at) },
    );
  }
  const steps: { days: number; run(): Promise<void> }[] = [
    ...issues.map(issue => ({
      days: issue.openedDaysAgo,
      run: () => seedIssue(context, repository, issue, now),
    })),
    ...(settings.pullRequests ?? []).map(pull => ({
      days: pull.openedDaysAgo,
      run: () => seedPull(context, repository, pull, now),
    })),
  ];
  for (const step of steps.sort((a, b) => b.days - a.days)) {
    await step.run();
  }
}

async function seedIssue(
  context: ForgeContext,
  repository: RestRepository,
  issue: SeedIssue,
  now: Date,
): Promise<void> {
  const path = `/repos/${repository.full_name}/issues`;
  const created = await context.state.write<Json>(
    {
      method: 'POST',
      path,
      body: { title: issue.title, body: issue.body, labels: issue.labels },
    },
    { actor: issue.author, at: daysAgo(now, issue.openedDaysAgo) },
  );
  if (issue.closedDaysAgo !== undefined) {
    await context.state.write(
      {
        method: 'PATCH',
        path: `${path}/${created.number}`,
        body: { state: 'closed' },
      },
      { actor: issue.author, at: daysAgo(now, issue.closedDaysAgo) },
    );
  }
}

const EVENTS = {
  APPROVED: 'APPROVE',
  CHANGES_REQUESTED: 'REQUEST_CHANGES',
  COMMENTED: 'COMMENT',
} as const;

async function seedPull(
  context: ForgeContext,
  repository: RestRepository,
  seed: SeedPullRequest,
  now: Date,
): Promise<void> {
  const { title, body, head, base, author } = seed;
  const opened = daysAgo(now, seed.openedDaysAgo);
  const pull = await context.pulls.create(
    repository,
    { title, body, head, base },
    { actor: author, at: opened },
  );
  const reviews = seed.reviews ?? [];
  for (const [index, review] of reviews.entries()) {
    // Spread over the time since the pull request was opened.
    const share = (index + 1) / (reviews.length + 1);
    const at = new Date(
      opened.getTime() + share * (now.getTime() - opened.getTime()),
    );
    await context.reviews.submit(
      repository,
      pull.number,
      { event: EVENTS[review.state], body: review.body },
      { actor: review.login, at },
    );
  }
}
