import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf, startTestForge } from './__testUtils__/fixture';
import { git } from './__testUtils__/git';

jest.setTimeout(60_000);

let forge: Awaited<ReturnType<typeof startTestForge>>;
let api: ReturnType<typeof apiOf>;
let workspace: string;
const lines: string[] = [];

const remote = (name: string, user = 'x-access-token') => {
  const authority = forge.url.replace('://', `://${user}:${forge.token}@`);
  return `${authority}/acme/${name}.git`;
};

beforeAll(async () => {
  forge = await startTestForge({ log: line => lines.push(line) });
  api = apiOf(forge);
  workspace = await mkdtemp(join(tmpdir(), 'waymark-clones-'));
});

afterAll(async () => {
  await forge.close();
  await rm(workspace, { recursive: true, force: true });
});

async function clone(name: string): Promise<string> {
  const folder = await mkdtemp(join(workspace, 'clone-'));
  await git(workspace, 'clone', '-q', remote(name), folder);
  return folder;
}

async function createRepository(name: string, body: object = {}) {
  const created = await api('POST', '/orgs/acme/repos', { name, ...body });
  expect(created.status).toBe(201);
  return created.body;
}

describe('Git and the API show the same repository', () => {
  it('serves a clone that passes fsck and holds the SHAs of the API', async () => {
    const folder = await clone('payments-api');
    await git(folder, 'fsck', '--strict');
    const head = await git(folder, 'rev-parse', 'HEAD');
    const branch = await api('GET', '/repos/acme/payments-api/branches/main');
    expect(branch.body.commit.sha).toBe(head);
    const tree = await api(
      'GET',
      `/repos/acme/payments-api/git/trees/${head}?recursive=1`,
    );
    const listed = await git(folder, 'ls-tree', '-r', '-t', 'HEAD');
    expect(
      tree.body.tree.map(
        (entry: any) =>
          `${entry.mode} ${entry.type} ${entry.sha}\t${entry.path}`,
      ),
    ).toEqual(listed.split('\n'));
    for (const entry of tree.body.tree) {
      expect(entry.url).toContain(`/git/${entry.type}s/${entry.sha}`);
    }
  });

  it('shows a pushed commit at once, as the user who pushed', async () => {
    await createRepository('pushed', { auto_init: true });
    const folder = await clone('pushed');
    await writeFile(join(folder, 'a.txt'), 'one\n');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '-qm', 'Add a');
    await git(folder, 'push', '-q', 'origin', 'HEAD:main');
    const head = await git(folder, 'rev-parse', 'HEAD');
    const commits = await api('GET', '/repos/acme/pushed/commits');
    expect(commits.body[0]).toMatchObject({
      sha: head,
      author: { login: 'mina' },
      commit: { message: 'Add a' },
    });
    const commit = await api('GET', `/repos/acme/pushed/commits/${head}`);
    expect(commit.body.files).toEqual([
      expect.objectContaining({
        filename: 'a.txt',
        status: 'added',
        patch: '@@ -0,0 +1 @@\n+one',
      }),
    ]);
  });

  it('makes commits over the API that Git can fetch', async () => {
    await createRepository('written', { auto_init: true });
    const folder = await clone('written');
    const put = await api('PUT', '/repos/acme/written/contents/dir/b.txt', {
      message: 'Add b',
      content: Buffer.from('two\n').toString('base64'),
    });
    expect(put.status).toBe(201);
    await git(folder, 'pull', '-q');
    expect(await git(folder, 'rev-parse', 'HEAD')).toBe(put.body.commit.sha);
    expect(await readFile(join(folder, 'dir/b.txt'), 'utf8')).toBe('two\n');
    const stale = await api('PUT', '/repos/acme/written/contents/dir/b.txt', {
      message: 'Change b',
      content: '',
      sha: '0'.repeat(40),
    });
    expect(stale.status).toBe(409);
    const removed = await api(
      'DELETE',
      '/repos/acme/written/contents/dir/b.txt',
      { message: 'Remove b', sha: put.body.content.sha },
    );
    expect(removed.status).toBe(200);
    await git(folder, 'pull', '-q');
    await expect(stat(join(folder, 'dir'))).rejects.toThrow('ENOENT');
    await git(folder, 'fsck', '--strict');
  });

  it('builds trees with inline content, defaults, grafts and deletions', async () => {
    await createRepository('trees', { auto_init: true });
    const base = (await api('GET', '/repos/acme/trees/branches/main')).body
      .commit.sha;
    const tree = await api('POST', '/repos/acme/trees/git/trees', {
      base_tree: base,
      tree: [
        { path: 'src/run.sh', mode: '100755', content: '#!/bin/sh\n' },
        { path: 'src/plain.txt', content: 'plain' },
        { path: 'README.md', mode: '100644', type: 'blob', sha: null },
      ],
    });
    expect(tree.status).toBe(201);
    const commit = await api('POST', '/repos/acme/trees/git/commits', {
      message: 'Rebuild',
      tree: tree.body.sha,
      parents: [base],
    });
    const moved = await api('PATCH', '/repos/acme/trees/git/refs/heads/main', {
      sha: commit.body.sha,
    });
    expect(moved.status).toBe(200);
    const folder = await clone('trees');
    expect(await git(folder, 'ls-files', '-s')).toMatch(
      /^100644 \w+ 0\tsrc\/plain.txt\n100755 \w+ 0\tsrc\/run.sh$/,
    );
    const outside = await api('POST', '/repos/acme/trees/git/trees', {
      base_tree: base,
      tree: [{ path: '../evil', content: 'x' }],
    });
    expect(outside.status).toBe(422);
    const back = await api('PATCH', '/repos/acme/trees/git/refs/heads/main', {
      sha: base,
    });
    expect(back.body.message).toBe('Update is not a fast forward');
  });

  it('answers conditional requests, pages and refuses strangers', async () => {
    const first = await api('GET', '/repos/acme/payments-api');
    const again = await api('GET', '/repos/acme/payments-api', undefined, {
      'if-none-match': first.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
    const page = await api(
      'GET',
      '/repos/acme/payments-api/commits?per_page=1',
    );
    expect(page.headers.get('link')).toContain('page=2>; rel="next"');
    const anonymous = await fetch(
      `${forge.url}/repos/acme/payments-api/labels`,
      {
        method: 'POST',
        body: '{}',
      },
    );
    expect(anonymous.status).toBe(401);
    const wrong = await api('GET', '/user', undefined, {
      authorization: 'Bearer wrong',
    });
    expect(wrong.body).toMatchObject({ message: 'Bad credentials' });
    const hidden = await createRepository('hidden', { private: true });
    expect(hidden.visibility).toBe('private');
    const peek = await fetch(`${forge.url}/repos/acme/hidden`, {
      headers: { accept: 'application/json' },
    });
    expect(peek.status).toBe(404);
    await expect(
      git(workspace, 'ls-remote', `${forge.url}/acme/hidden.git`),
    ).rejects.toThrow();
  });

  it('keeps names inside the repositories folder', async () => {
    for (const name of ['..', '.', 'a/b', 'x.git', 'ü', 'a\0b', '']) {
      const refused = await api('POST', '/orgs/acme/repos', { name });
      expect(refused.status).toBe(422);
    }
    const path = await api('GET', '/repos/..%2f..%2fetc/passwd');
    expect(path.status).toBe(404);
  });

  it('renames and deletes repositories with all that belongs to them', async () => {
    await createRepository('before', { auto_init: true });
    const renamed = await api('PATCH', '/repos/acme/before', { name: 'after' });
    expect(renamed.body.full_name).toBe('acme/after');
    expect((await api('GET', '/repos/acme/before')).status).toBe(404);
    await git(workspace, 'ls-remote', remote('after'));
    expect((await api('DELETE', '/repos/acme/after')).status).toBe(204);
    await expect(git(workspace, 'ls-remote', remote('after'))).rejects.toThrow(
      'not found',
    );
  });
});

it('tells whoever pushes a new branch where its pull request is opened', async () => {
  const folder = await clone('payments-api');
  await git(folder, 'commit', '-q', '--allow-empty', '-m', 'New');
  const pushed = await git(
    folder,
    '-c',
    'alias.heard=!git push 2>&1',
    'heard',
    remote('payments-api', 'mina'),
    'HEAD:refs/heads/new/one',
    'HEAD:refs/heads/odd#two',
    'HEAD:refs/tags/three',
  );
  expect(
    [...pushed.matchAll(/^remote:\s+(http.*?)\s*$/gm)].map(match => match[1]),
  ).toEqual([`${forge.url}/acme/payments-api/compare/main...new/one`]);
});

describe('branch protection', () => {
  it('refuses a direct push of a user, not of the portal', async () => {
    const folder = await clone('payments-api');
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'Direct');
    await expect(
      git(folder, 'push', '-q', remote('payments-api', 'mina'), 'HEAD:main'),
    ).rejects.toThrow(
      'GH006: Protected branch update failed for refs/heads/main',
    );
    await git(
      folder,
      'push',
      '-q',
      remote('payments-api', 'mina'),
      'HEAD:mine',
    );
    await expect(
      git(folder, 'push', '-q', remote('payments-api', 'sofia'), 'HEAD:hers'),
    ).rejects.toThrow();
    await expect(
      git(
        folder,
        'push',
        '-q',
        remote('payments-api'),
        'HEAD:refs/pull/9/head',
      ),
    ).rejects.toThrow('deny updating a hidden ref');
    await expect(
      git(folder, 'push', '-q', `${forge.url}/acme/payments-api.git`, 'HEAD:x'),
    ).rejects.toThrow();
  });

  it('refuses force pushes and deletions over Git and REST until they are allowed', async () => {
    await createRepository('guarded', { auto_init: true });
    const repository = '/repos/acme/guarded';
    await api('PUT', `${repository}/collaborators/leo`, {
      permission: 'push',
    });
    const folder = await clone('guarded');
    const start = await git(folder, 'rev-parse', 'HEAD');
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'Further');
    await git(folder, 'push', '-q', remote('guarded'), 'HEAD:keep');
    const further = await git(folder, 'rev-parse', 'HEAD');
    const protect = (settings: object) =>
      api('PUT', `${repository}/branches/keep/protection`, {
        required_status_checks: null,
        enforce_admins: false,
        required_pull_request_reviews: null,
        restrictions: null,
        ...settings,
      });
    const asLeo = {
      authorization: `Basic ${Buffer.from(`leo:${forge.token}`).toString(
        'base64',
      )}`,
    };
    const ref = `${repository}/git/refs/heads/keep`;
    const push = (...refspec: string[]) =>
      git(folder, 'push', '-q', remote('guarded', 'leo'), ...refspec);
    const rewind = () => api('PATCH', ref, { sha: start, force: true }, asLeo);

    await protect({});
    await expect(push(`+${start}:keep`)).rejects.toThrow(
      'Cannot force-push to this branch',
    );
    await expect(push(':keep')).rejects.toThrow('Cannot delete this branch');
    expect(await rewind()).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('Cannot force-push') },
    });
    expect(await api('DELETE', ref, undefined, asLeo)).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('Cannot delete') },
    });
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'Forward');
    await push('HEAD:keep');

    await protect({ allow_force_pushes: true });
    expect((await rewind()).status).toBe(200);
    await push(`${further}:keep`);
    await push(`+${start}:keep`);
    await expect(push(':keep')).rejects.toThrow('Cannot delete this branch');
    await protect({ allow_deletions: true });
    await push(':keep');
    expect((await api('GET', `${repository}/branches/keep`)).status).toBe(404);
  });
});

describe('pull requests', () => {
  const main = async () =>
    (await api('GET', '/repos/acme/payments-api/branches/main')).body.commit
      .sha;

  it('tells the true facts of a seeded pull request and why it waits', async () => {
    const pull = await api('GET', '/repos/acme/payments-api/pulls/2');
    expect(pull.body).toMatchObject({
      title: 'Round half to even',
      user: { login: 'mina' },
      commits: 1,
      additions: 1,
      deletions: 1,
      changed_files: 1,
      mergeable: true,
      mergeable_state: 'blocked',
    });
    const age = Date.now() - Date.parse(pull.body.created_at);
    expect(Math.round(age / 86_400_000)).toBe(3);
    const details = await forge.service.getPullRequest(
      'acme',
      'payments-api',
      2,
    );
    expect(details.blockedBy).toEqual([
      'At least 1 approving review is required by a reviewer with write access.',
      'A review by the code owner @acme/payments is required.',
    ]);
    const files = await api('GET', '/repos/acme/payments-api/pulls/2/files');
    expect(files.body[0].filename).toBe('src/index.ts');
  });

  it('merges only after an approval that counts', async () => {
    const merge = (actor: string) =>
      forge.service.mergePullRequest('acme', 'payments-api', 2, {
        actor,
        method: 'squash',
      });
    await expect(merge('leo')).rejects.toMatchObject({ status: 405 });
    await expect(merge('sofia')).rejects.toMatchObject({ status: 403 });
    const review = (actor: string) =>
      forge.service.reviewPullRequest('acme', 'payments-api', 2, {
        actor,
        event: 'APPROVE',
        body: 'Fine.',
      });
    await expect(review('mina')).rejects.toMatchObject({ status: 422 });
    await review('sofia');
    await expect(merge('leo')).rejects.toMatchObject({ status: 405 });
    await review('leo');
    const before = await main();
    const { sha } = await merge('leo');
    expect(await main()).toBe(sha);
    const commit = await api('GET', `/repos/acme/payments-api/commits/${sha}`);
    expect(commit.body.commit.message).toBe('Round half to even (#2)');
    expect(commit.body.parents.map((parent: any) => parent.sha)).toEqual([
      before,
    ]);
    const pull = await api('GET', '/repos/acme/payments-api/pulls/2');
    expect(pull.body).toMatchObject({
      merged: true,
      state: 'closed',
      merge_commit_sha: sha,
      commits: 1,
      merged_by: { login: 'leo' },
    });
    const folder = await clone('payments-api');
    await git(folder, 'fsck', '--strict');
    expect(await readFile(join(folder, 'src/index.ts'), 'utf8')).toContain(
      'half-even',
    );
  });

  it('merges and rebases for real, and refuses a conflict', async () => {
    await createRepository('merging', { auto_init: true });
    const folder = await clone('merging');
    const branch = async (name: string, file: string, text: string) => {
      await git(folder, 'checkout', '-q', '-b', name, 'origin/main');
      await writeFile(join(folder, file), text);
      await git(folder, 'add', '.');
      await git(folder, 'commit', '-qm', `Write ${file} on ${name}`);
      await git(folder, 'push', '-q', 'origin', name);
      const pull = await api('POST', '/repos/acme/merging/pulls', {
        title: `Merge ${name}`,
        head: `acme:${name}`,
        base: 'main',
      });
      expect(pull.status).toBe(201);
      return pull.body.number as number;
    };
    const one = await branch('one', 'a.txt', 'one\n');
    const two = await branch('two', 'a.txt', 'two\n');
    const three = await branch('three', 'b.txt', 'three\n');
    const put = (number: number, method: string) =>
      api('PUT', `/repos/acme/merging/pulls/${number}/merge`, {
        merge_method: method,
      });

    const merged = await put(one, 'merge');
    expect(merged.status).toBe(200);
    const conflicting = await api('GET', `/repos/acme/merging/pulls/${two}`);
    expect(conflicting.body).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    const refused = await put(two, 'merge');
    expect(refused.status).toBe(405);
    expect(refused.body.message).toContain('merge conflicts in a.txt');
    const rebased = await put(three, 'rebase');
    expect(rebased.status).toBe(200);

    await git(folder, 'fetch', '-q', 'origin');
    const log = await git(
      folder,
      'log',
      '--first-parent',
      '--format=%s|%an|%p',
      'origin/main',
    );
    expect(log.split('\n')[0]).toMatch(
      /^Write b.txt on three\|Mina Okafor\|\w+$/,
    );
    expect(log.split('\n')[1]).toMatch(
      /^Merge pull request #1 from acme:one\|Waymark portal\|\w+ \w+$/,
    );
    await git(folder, 'checkout', '-q', 'origin/main');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('one\n');
    expect(await readFile(join(folder, 'b.txt'), 'utf8')).toBe('three\n');
  });

  it('records a merge before it tells anybody, and lets nothing undo it', async () => {
    await createRepository('recorded', { auto_init: true });
    const repository = '/repos/acme/recorded';
    await api('PUT', `${repository}/collaborators/leo`, { permission: 'push' });
    await api('PATCH', repository, { delete_branch_on_merge: true });
    const folder = await clone('recorded');
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'Topic');
    await git(folder, 'push', '-q', 'origin', 'HEAD:topic');
    const { body: pull } = await api('POST', `${repository}/pulls`, {
      title: 'Topic',
      head: 'topic',
      base: 'main',
    });
    // The branch may not be deleted, and a listener has trouble of its own.
    await api('PUT', `${repository}/branches/topic/protection`, {
      required_status_checks: null,
      enforce_admins: false,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    const told: boolean[] = [];
    forge.context.refs.onChange(async ({ full_name: name }) => {
      if (name === 'acme/recorded') {
        const details = await api('GET', `${repository}/pulls/${pull.number}`);
        told.push(details.body.merged);
        throw new Error('A listener failed');
      }
    });
    const { sha } = await forge.service.mergePullRequest(
      'acme',
      'recorded',
      pull.number,
      { actor: 'leo', method: 'merge' },
    );
    expect(told).toEqual([true]);
    expect(await git(folder, 'ls-remote', 'origin')).toContain(
      `${sha}\trefs/heads/main`,
    );
    expect((await api('GET', `${repository}/branches/topic`)).status).toBe(200);
    expect(lines.filter(line => line.includes('acme/recorded'))).toEqual([
      expect.stringContaining('A listener failed'),
      expect.stringMatching(/is merged, but its branch stays: .*Cannot delete/),
    ]);
  });

  it('counts a pull request whose commits were pushed to the base as merged', async () => {
    await createRepository('pushmerge', { auto_init: true });
    const folder = await clone('pushmerge');
    await git(folder, 'checkout', '-qb', 'topic');
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'Topic');
    await git(folder, 'push', '-q', 'origin', 'topic');
    const pull = await api('POST', '/repos/acme/pushmerge/pulls', {
      title: 'Topic',
      head: 'topic',
      base: 'main',
    });
    await git(folder, 'push', '-q', 'origin', 'topic:main');
    const after = await api(
      'GET',
      `/repos/acme/pushmerge/pulls/${pull.body.number}`,
    );
    expect(after.body).toMatchObject({ merged: true, state: 'closed' });
    const again = await api('POST', '/repos/acme/pushmerge/pulls', {
      title: 'Topic',
      head: 'topic',
      base: 'main',
    });
    expect(again.body.errors[0].message).toBe(
      'No commits between main and topic',
    );
  });
});

describe('histories without a common commit', () => {
  it('neither merge nor become a pull request', async () => {
    await createRepository('strangers', { auto_init: true });
    const folder = await clone('strangers');
    await git(folder, 'checkout', '-q', '--orphan', 'stranger');
    await git(folder, 'rm', '-rqf', '.');
    await writeFile(join(folder, 'other.txt'), 'other\n');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '-qm', 'Start elsewhere');
    await git(folder, 'push', '-q', 'origin', 'stranger');
    const pull = await api('POST', '/repos/acme/strangers/pulls', {
      title: 'Unrelated',
      head: 'stranger',
      base: 'main',
    });
    expect(pull.status).toBe(422);
    expect(pull.body.errors[0].message).toBe(
      'The stranger branch has no history in common with main',
    );
    const merge = await api('POST', '/repos/acme/strangers/merges', {
      base: 'main',
      head: 'stranger',
    });
    expect(merge.status).toBe(409);
  });
});

describe('what did not happen is not reported', () => {
  it('lists workflows that are there, and no run', async () => {
    const workflows = await api(
      'GET',
      '/repos/acme/payments-api/actions/workflows',
    );
    expect(workflows.body.workflows).toEqual([
      expect.objectContaining({
        name: 'CI',
        path: '.github/workflows/ci.yaml',
      }),
    ]);
    const dispatch = (id: string, ref: string) =>
      api(
        'POST',
        `/repos/acme/payments-api/actions/workflows/${id}/dispatches`,
        { ref },
      );
    expect((await dispatch('ci.yaml', 'main')).status).toBe(204);
    expect((await dispatch('other.yaml', 'main')).status).toBe(404);
    expect((await dispatch('ci.yaml', 'nowhere')).status).toBe(422);
    const runs = await api('GET', '/repos/acme/payments-api/actions/runs');
    expect(runs.body).toEqual({ total_count: 0, workflow_runs: [] });
    const checks = await api(
      'GET',
      '/repos/acme/payments-api/commits/main/check-runs',
    );
    expect(checks.body).toEqual({ total_count: 0, check_runs: [] });
    const status = await api(
      'GET',
      '/repos/acme/payments-api/commits/main/status',
    );
    expect(status.body).toMatchObject({ state: 'pending', total_count: 0 });
    const alerts = await api(
      'GET',
      '/repos/acme/payments-api/dependabot/alerts',
    );
    expect(alerts.body).toEqual([]);
  });

  it('says 404 for a route that it does not have', async () => {
    const missing = await api('POST', '/repos/acme/payments-api/nonsense', {});
    expect(missing.status).toBe(404);
    expect(missing.body.message).toBe('Not Found');
  });
});
