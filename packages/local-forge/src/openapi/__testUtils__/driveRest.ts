import { Octokit } from '@octokit/rest';

const OWNER = 'acme';

/** Base64 of a text, as GitHub's API takes file contents. */
function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function drivePeople(octokit: Octokit) {
  const org = OWNER;
  await octokit.rest.rateLimit.get();
  await octokit.rest.meta.get();
  await octokit.rest.users.getAuthenticated();
  await octokit.rest.users.getByUsername({ username: 'mina' });
  await octokit.rest.users.getByUsername({ username: org });
  await octokit.rest.orgs.get({ org });
  await octokit.rest.orgs.listMembers({ org, per_page: 2 });
  await octokit.rest.orgs.getMembershipForUser({ org, username: 'mina' });
  await octokit.rest.orgs.listForAuthenticatedUser();
  await octokit.rest.teams.list({ org });
  const team = { org, team_slug: 'checkout' };
  await octokit.rest.teams.getByName(team);
  await octokit.rest.teams.listMembersInOrg(team);
  await octokit.rest.teams.listChildInOrg({ org, team_slug: 'payments' });
  await octokit.rest.teams.listReposInOrg({ org, team_slug: 'payments' });
}

async function driveRepository(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  await octokit.rest.repos.createInOrg({
    org: OWNER,
    name,
    description: 'Made for the replay',
    auto_init: true,
    visibility: 'private',
  });
  await octokit.rest.repos.get(repo);
  await octokit.rest.repos.update({ ...repo, description: 'Changed' });
  await octokit.rest.repos.replaceAllTopics({ ...repo, names: ['service'] });
  await octokit.rest.repos.getAllTopics(repo);
  await octokit.rest.repos.listForOrg({ org: OWNER, sort: 'full_name' });
  await octokit.rest.repos.listForAuthenticatedUser();
  await octokit.rest.repos.listLanguages(repo);
  await octokit.rest.repos.listContributors(repo);
  await octokit.rest.repos.listTeams(repo);
  await octokit.rest.teams.addOrUpdateRepoPermissionsInOrg({
    org: OWNER,
    team_slug: 'checkout',
    ...repo,
    permission: 'push',
  });
  await octokit.rest.repos.addCollaborator({
    ...repo,
    username: 'sofia',
    permission: 'pull',
  });
  await octokit.rest.repos.listCollaborators(repo);
  await octokit.rest.repos.getCollaboratorPermissionLevel({
    ...repo,
    username: 'sofia',
  });
  await octokit.rest.search.repos({ q: 'org:acme replay' });
}

async function driveGit(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  const { data: main } = await octokit.rest.git.getRef({
    ...repo,
    ref: 'heads/main',
  });
  const base = main.object.sha;
  const { data: blob } = await octokit.rest.git.createBlob({
    ...repo,
    content: base64('#!/bin/sh\n'),
    encoding: 'base64',
  });
  await octokit.rest.git.getBlob({ ...repo, file_sha: blob.sha });
  const { data: tree } = await octokit.rest.git.createTree({
    ...repo,
    base_tree: base,
    tree: [{ path: 'run.sh', mode: '100755', type: 'blob', sha: blob.sha }],
  });
  await octokit.rest.git.getTree({
    ...repo,
    tree_sha: tree.sha,
    recursive: '1',
  });
  const { data: commit } = await octokit.rest.git.createCommit({
    ...repo,
    message: 'Add a script',
    tree: tree.sha,
    parents: [base],
  });
  await octokit.rest.git.getCommit({ ...repo, commit_sha: commit.sha });
  await octokit.rest.git.createRef({
    ...repo,
    ref: 'refs/heads/feature/replay',
    sha: base,
  });
  await octokit.rest.git.updateRef({
    ...repo,
    ref: 'heads/feature/replay',
    sha: commit.sha,
  });
  await octokit.rest.git.listMatchingRefs({ ...repo, ref: 'heads/feature' });
  await octokit.rest.git.createRef({
    ...repo,
    ref: 'refs/tags/v1',
    sha: base,
  });
  await octokit.rest.repos.listTags(repo);
  await octokit.rest.git.deleteRef({ ...repo, ref: 'tags/v1' });
  await octokit.rest.repos.listBranches(repo);
  await octokit.rest.repos.getBranch({ ...repo, branch: 'feature/replay' });
  await octokit.rest.repos.listCommits({ ...repo, sha: 'main', per_page: 1 });
  await octokit.rest.repos.getCommit({ ...repo, ref: 'feature/replay' });
  await octokit.rest.repos.compareCommitsWithBasehead({
    ...repo,
    basehead: 'main...feature/replay',
  });
}

async function driveContents(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  const path = 'docs/a guide.md';
  const { data: created } = await octokit.rest.repos.createOrUpdateFileContents(
    { ...repo, path, message: 'Add a guide', content: base64('# Guide\n') },
  );
  await octokit.rest.repos.getContent({ ...repo, path });
  await octokit.rest.repos.getContent({ ...repo, path: 'docs', ref: 'main' });
  await octokit.rest.repos.getContent({
    ...repo,
    path,
    mediaType: { format: 'raw' },
  });
  await octokit.rest.repos.getReadme(repo);
  await octokit.rest.repos.createOrUpdateFileContents({
    ...repo,
    path,
    message: 'Change the guide',
    content: base64('# Guide\n\nMore.\n'),
    sha: created.content?.sha,
  });
  const { data: file } = await octokit.rest.repos.getContent({ ...repo, path });
  await octokit.rest.repos.deleteFile({
    ...repo,
    path,
    message: 'Remove the guide',
    sha: (file as { sha: string }).sha,
  });
  await octokit.rest.search.code({ q: 'org:acme filename:catalog-info.yaml' });
}

async function drivePulls(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  const { data: pull } = await octokit.rest.pulls.create({
    ...repo,
    title: 'Add a script',
    body: 'Because.',
    head: 'feature/replay',
    base: 'main',
  });
  const number = { ...repo, pull_number: pull.number };
  await octokit.rest.pulls.list({ ...repo, state: 'open' });
  await octokit.rest.pulls.get(number);
  await octokit.rest.pulls.update({ ...number, title: 'Add one script' });
  await octokit.rest.pulls.listFiles(number);
  await octokit.rest.pulls.listCommits(number);
  await octokit.rest.pulls.requestReviewers({ ...number, reviewers: ['mina'] });
  await octokit.rest.pulls.createReview({
    ...number,
    event: 'COMMENT',
    body: 'Looking at it',
  });
  await octokit.rest.pulls.listReviews(number);
  await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...repo,
    commit_sha: pull.head.sha,
  });
  await octokit.rest.pulls.merge({ ...number, merge_method: 'squash' });
  await octokit.rest.pulls.checkIfMerged(number);
  await octokit.rest.pulls.get(number);
}

async function driveIssues(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  await octokit.rest.issues.createLabel({
    ...repo,
    name: 'risk',
    color: 'b60205',
  });
  await octokit.rest.issues.listLabelsForRepo(repo);
  const { data: issue } = await octokit.rest.issues.create({
    ...repo,
    title: 'A finding',
    body: 'It is open.',
    labels: ['risk'],
  });
  const number = { ...repo, issue_number: issue.number };
  await octokit.rest.issues.get(number);
  await octokit.rest.issues.listForRepo({ ...repo, state: 'all' });
  await octokit.rest.issues.addLabels({ ...number, labels: ['audit'] });
  await octokit.rest.issues.createComment({ ...number, body: 'Seen' });
  await octokit.rest.issues.listComments(number);
  await octokit.rest.issues.update({ ...number, state: 'closed' });
}

async function driveSettings(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  const branch = { ...repo, branch: 'main' };
  await octokit.rest.repos.updateBranchProtection({
    ...branch,
    required_status_checks: { strict: true, contexts: ['build'] },
    enforce_admins: true,
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      require_code_owner_reviews: true,
    },
    restrictions: null,
  });
  await octokit.rest.repos.getBranchProtection(branch);
  await octokit.rest.repos.getBranch(branch);
  await octokit.rest.repos.deleteBranchProtection(branch);
  const { data: hook } = await octokit.rest.repos.createWebhook({
    ...repo,
    config: { url: 'http://localhost:1/hook', content_type: 'json' },
    events: ['push'],
  });
  await octokit.rest.repos.listWebhooks(repo);
  await octokit.rest.repos.deleteWebhook({ ...repo, hook_id: hook.id });
  await octokit.rest.actions.getRepoPublicKey(repo);
  await octokit.rest.actions.createRepoVariable({
    ...repo,
    name: 'REGION',
    value: 'eu',
  });
  await octokit.rest.actions.listRepoVariables(repo);
  await octokit.rest.actions.listRepoSecrets(repo);
  await octokit.rest.repos.createOrUpdateEnvironment({
    ...repo,
    environment_name: 'production',
  });
  await octokit.rest.repos.getAllEnvironments(repo);
}

async function driveDelivery(octokit: Octokit, name: string) {
  const repo = { owner: OWNER, repo: name };
  const { data: branch } = await octokit.rest.repos.getBranch({
    ...repo,
    branch: 'main',
  });
  const { sha } = branch.commit;
  await octokit.rest.repos.createCommitStatus({
    ...repo,
    sha,
    state: 'success',
    context: 'build',
  });
  await octokit.rest.repos.listCommitStatusesForRef({ ...repo, ref: sha });
  await octokit.rest.repos.getCombinedStatusForRef({ ...repo, ref: 'main' });
  await octokit.rest.checks.listForRef({ ...repo, ref: 'main' });
  await octokit.rest.repos.createDeployment({
    ...repo,
    ref: 'main',
    environment: 'production',
    auto_merge: false,
    required_contexts: [],
  });
  await octokit.rest.repos.listDeployments(repo);
  await octokit.rest.actions.listRepoWorkflows({ ...repo });
  await octokit.rest.actions.listWorkflowRunsForRepo({ ...repo });
}

/** Calls every REST operation that the portal, its collectors and its templates use, as a client would. */
export async function driveRest(octokit: Octokit) {
  const name = 'replay';
  await drivePeople(octokit);
  await driveRepository(octokit, name);
  await driveGit(octokit, name);
  await driveContents(octokit, name);
  await drivePulls(octokit, name);
  await driveIssues(octokit, name);
  await driveSettings(octokit, name);
  await driveDelivery(octokit, name);
  await octokit.rest.repos.delete({ owner: OWNER, repo: name });
}
