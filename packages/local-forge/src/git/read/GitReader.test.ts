import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { TestRepository } from './__testUtils__/TestRepository';
import { GitReader, closeGitReaders } from './GitReader';

describe('GitReader', () => {
  let repository: TestRepository;
  let reader: GitReader;

  beforeEach(async () => {
    repository = TestRepository.create();
    reader = await GitReader.open(repository.bare);
  });

  afterEach(() => {
    closeGitReaders();
    repository.remove();
  });

  it('refuses a folder that is no repository', async () => {
    await expect(GitReader.open(repository.work)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('answers for an empty repository', async () => {
    await expect(reader.defaultBranch()).resolves.toBe('main');
    await expect(reader.resolve('HEAD')).resolves.toBeUndefined();
    await expect(reader.branches()).resolves.toEqual([]);
    await expect(reader.tags()).resolves.toEqual([]);
    await expect(reader.tree('main')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(reader.log()).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('resolves branches with slashes, tags, full names and shortened object names, branches first', async () => {
    const first = repository.commit('first', { 'a.txt': 'a' });
    repository.git('tag', '-a', 'v1.0', '-m', 'release');
    repository.git('checkout', '-q', '-b', 'feature/new-thing');
    const second = repository.commit('second', { 'a.txt': 'b' });
    repository.git('tag', 'feature/new-thing', first);

    await expect(reader.resolve('main')).resolves.toBe(first);
    await expect(reader.resolve('v1.0')).resolves.toBe(first);
    await expect(reader.resolve('feature/new-thing')).resolves.toBe(second);
    await expect(reader.resolve('refs/tags/v1.0')).resolves.toBe(first);
    await expect(reader.resolve('heads/main')).resolves.toBe(first);
    await expect(reader.resolve(first.slice(0, 8))).resolves.toBe(first);
    await expect(reader.resolve('nope')).resolves.toBeUndefined();
    await expect(
      reader.splitRefPath('feature/new-thing/src/a b.txt'),
    ).resolves.toEqual({
      ref: 'feature/new-thing',
      sha: second,
      path: 'src/a b.txt',
    });
    await expect(reader.splitRefPath(`${first}/a.txt`)).resolves.toMatchObject({
      sha: first,
      path: 'a.txt',
    });
    await expect(reader.splitRefPath('nope/a.txt')).resolves.toBeUndefined();
    await expect(reader.branches()).resolves.toMatchObject([
      { name: 'feature/new-thing', sha: second, date: '2026-01-05T11:00:00Z' },
      { name: 'main', sha: first },
    ]);
    await expect(reader.tags()).resolves.toHaveLength(2);
  });

  it.each([
    '--upload-pack=x',
    '-x',
    'a..b',
    'a b',
    'main~1',
    'main^',
    'main:a.txt',
    'main@{1}',
    'a\nb',
    'x.lock',
    '',
  ])('does not pass on %j, which is no reference name', async ref => {
    repository.commit('first', { 'a.txt': 'a' });
    await expect(reader.resolve(ref)).resolves.toBeUndefined();
  });

  it.each(['../etc', 'a/../../b', 'a//b', './a', '.git/config', 'a\0b'])(
    'refuses the path %j',
    async path => {
      repository.commit('first', { 'a.txt': 'a' });
      await expect(reader.file('main', path)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('path'),
      });
      await expect(reader.tree('main', path)).rejects.toMatchObject({
        name: 'InputError',
      });
    },
  );

  it('lists entries of every type, with names that need care', async () => {
    const sub = repository.commit('first', { 'a.txt': 'a' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${sub},lib`);
    repository.commit('second', {
      'docs/übersicht ☂.md': '# Ü',
      'docs/with space/"quoted".txt': 'q',
      'docs/tab\tand\nline.txt': 'strange',
      ':(glob)**': 'no pattern',
      link: { symlink: 'docs' },
      'run.sh': '#!/bin/sh\n',
    });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${sub},lib`);
    repository.git('commit', '-q', '-m', 'submodule');

    const root = await reader.tree('main');
    expect(root.map(entry => [entry.name, entry.type, entry.mode])).toEqual([
      ['docs', 'tree', '040000'],
      [':(glob)**', 'blob', '100644'],
      ['a.txt', 'blob', '100644'],
      ['lib', 'commit', '160000'],
      ['link', 'symlink', '120000'],
      ['run.sh', 'blob', '100644'],
    ]);
    expect(root.find(entry => entry.name === 'a.txt')?.size).toBe(1);
    expect(root.find(entry => entry.name === 'lib')?.sha).toBe(sub);

    const all = await reader.tree('main', 'docs', { recursive: true });
    expect(all.map(entry => entry.path)).toEqual([
      'docs/tab\tand\nline.txt',
      'docs/with space',
      'docs/with space/"quoted".txt',
      'docs/übersicht ☂.md',
    ]);
    for (const entry of all.filter(item => item.type === 'blob')) {
      const file = await reader.file('main', entry.path);
      expect(file?.sha).toBe(entry.sha);
      expect(file?.content.length).toBe(entry.size);
    }
    const link = await reader.file('main', 'link');
    expect(link?.type).toBe('symlink');
    expect(link?.content.toString()).toBe('docs');
    await expect(reader.file('main', 'lib')).resolves.toBeUndefined();
    await expect(reader.file('main', 'docs')).resolves.toBeUndefined();
    await expect(reader.file('main', ':(glob)*')).resolves.toBeUndefined();
    await expect(reader.tree('main', 'a.txt')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('reads many blobs at once, binary ones byte for byte, and refuses those above the limit', async () => {
    const binary = Buffer.from(
      Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256),
    );
    const files: Record<string, Buffer | string> = { 'logo.bin': binary };
    for (let index = 0; index < 50; index++) {
      files[`f${index}`] = `content ${index}\n`.repeat(index);
    }
    repository.commit('files', files);
    const entries = await reader.tree('main');
    const blobs = await Promise.all(
      entries.map(async entry => [entry.name, await reader.blob(entry.sha)]),
    );
    for (const [name, content] of blobs) {
      expect(Buffer.from(files[name as string]).equals(content as Buffer)).toBe(
        true,
      );
    }
    const logo = entries.find(entry => entry.name === 'logo.bin')!;
    await expect(
      reader.blob(logo.sha, { maxBytes: 1000 }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('300000 bytes'),
    });
    expect((await buffer(reader.blobStream(logo.sha))).equals(binary)).toBe(
      true,
    );
    await expect(reader.blob('0'.repeat(40))).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(reader.blob('main')).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('sees commits that were made after its processes started', async () => {
    const first = repository.commit('first', { 'a.txt': 'a' });
    await expect(reader.resolve('main')).resolves.toBe(first);
    const second = repository.commit('second', { 'a.txt': 'b' });
    repository.git('gc', '--quiet');
    await expect(reader.resolve('main')).resolves.toBe(second);
    const file = await reader.file('main', 'a.txt');
    expect(file?.content.toString()).toBe('b');
  });

  it('lists commits by path, time, author and page', async () => {
    const one = repository.commit('one\n\nwith a body', { 'a.txt': '1' });
    const two = repository.commit('two', { 'b.txt': '2' });
    const three = repository.commit(
      'three',
      { 'a.txt': '3' },
      { author: 'Aïcha [bot] <dev-ledger@acme.example>' },
    );
    const shas = async (options: Parameters<GitReader['log']>[0]) =>
      (await reader.log(options)).map(commit => commit.sha);

    await expect(shas({})).resolves.toEqual([three, two, one]);
    await expect(shas({ path: 'a.txt' })).resolves.toEqual([three, one]);
    await expect(shas({ skip: 1, limit: 1 })).resolves.toEqual([two]);
    await expect(shas({ ref: two })).resolves.toEqual([two, one]);
    await expect(
      shas({ since: new Date('2026-01-05T11:00:00Z') }),
    ).resolves.toEqual([three, two]);
    await expect(
      shas({ until: new Date('2026-01-05T11:00:00Z') }),
    ).resolves.toEqual([two, one]);
    await expect(shas({ author: 'a [bot] <dev-l' })).resolves.toEqual([three]);
    await expect(reader.log({ limit: 0 })).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(reader.countCommits('main')).resolves.toBe(3);

    await expect(reader.commit(one)).resolves.toMatchObject({
      sha: one,
      parents: [],
      message: 'one\n\nwith a body',
      author: {
        name: 'Mina Okafor',
        email: 'dev-checkout@acme.example',
        date: '2026-01-05T10:00:00Z',
      },
      committer: { name: 'Forge' },
    });
    const last = await reader.commit(three);
    expect(last.author.name).toBe('Aïcha [bot]');
    expect(last.parents).toEqual([two]);
  });

  it('compares commits: added, removed, modified, renamed, mode and type changes, binary', async () => {
    const body = Array.from({ length: 40 }, (_, n) => `line ${n}\n`).join('');
    const base = repository.commit('base', {
      'old name.txt': body,
      'gone.txt': 'gone\n',
      'same.txt': 'same\n',
      'edit ü.txt': 'one\ntwo\n',
      'becomes-link': 'text\n',
      'image.bin': Buffer.from([0, 1, 2, 3]),
    });
    const head = repository.commit('head', {
      'old name.txt': undefined,
      'new "name".txt': `${body}more\n`,
      'gone.txt': undefined,
      'edit ü.txt': 'one\ntwo\rdiff --git a/x b/x\nthree\n',
      'becomes-link': { symlink: 'same.txt' },
      'image.bin': Buffer.from([0, 1, 2, 4]),
      'added.txt': 'no line end',
    });

    const files = await reader.diff(base, head);
    expect(
      files.map(({ path, status, additions, deletions, binary }) => ({
        path,
        status,
        additions,
        deletions,
        binary,
      })),
    ).toEqual([
      {
        path: 'added.txt',
        status: 'added',
        additions: 1,
        deletions: 0,
        binary: false,
      },
      {
        path: 'becomes-link',
        status: 'changed',
        additions: 1,
        deletions: 1,
        binary: false,
      },
      {
        path: 'edit ü.txt',
        status: 'modified',
        additions: 2,
        deletions: 1,
        binary: false,
      },
      {
        path: 'gone.txt',
        status: 'removed',
        additions: 0,
        deletions: 1,
        binary: false,
      },
      {
        path: 'image.bin',
        status: 'modified',
        additions: 0,
        deletions: 0,
        binary: true,
      },
      {
        path: 'new "name".txt',
        status: 'renamed',
        additions: 1,
        deletions: 0,
        binary: false,
      },
    ]);
    const by = new Map(files.map(file => [file.path, file]));
    expect(by.get('new "name".txt')?.previousPath).toBe('old name.txt');
    expect(by.get('new "name".txt')?.patch).toMatch(/^@@ .*\+more$/s);
    expect(by.get('edit ü.txt')?.patch).toContain('+three');
    expect(by.get('gone.txt')?.patch).toBe('@@ -1 +0,0 @@\n-gone');
    expect(by.get('gone.txt')?.sha).toBe(
      repository.git('rev-parse', `${base}:gone.txt`),
    );
    expect(by.get('image.bin')?.patch).toBeUndefined();
    expect(by.get('added.txt')?.patch).toContain(
      '\\ No newline at end of file',
    );
    expect(by.get('becomes-link')?.patch).toContain('+same.txt');

    const limited = await reader.diff(base, head, { maxPatchBytes: 20 });
    expect(limited.find(file => file.path === 'new "name".txt')).toMatchObject({
      patchTooLarge: true,
    });
    await expect(reader.diff(undefined, base)).resolves.toHaveLength(6);
    await expect(reader.diff(base, base)).resolves.toEqual([]);
  });

  it('judges a pull request by its merge base, without adding objects to the repository', async () => {
    const fork = repository.commit('fork', { 'a.txt': 'a\n', 'b.txt': 'b\n' });
    repository.git('checkout', '-q', '-b', 'feature');
    repository.commit('feature', { 'a.txt': 'feature\n' });
    repository.git('checkout', '-q', 'main');
    repository.commit('main moves', { 'b.txt': 'moved\n' });

    await expect(reader.mergeBase('main', 'feature')).resolves.toBe(fork);
    await expect(reader.aheadBehind('main', 'feature')).resolves.toEqual({
      ahead: 1,
      behind: 1,
    });
    const files = await reader.diff('main', 'feature', { mergeBase: true });
    expect(files.map(file => file.path)).toEqual(['a.txt']);
    const commits = await reader.commitsBetween('main', 'feature');
    expect(commits.map(commit => commit.message)).toEqual(['feature']);

    const objects = () => repository.git('count-objects', '-v');
    const before = objects();
    await expect(reader.mergeable('main', 'feature')).resolves.toEqual({
      clean: true,
      conflicts: [],
    });
    expect(objects()).toBe(before);

    repository.commit('main conflicts', { 'a.txt': 'main\n' });
    await expect(reader.mergeable('main', 'feature')).resolves.toEqual({
      clean: false,
      conflicts: ['a.txt'],
    });

    repository.git('checkout', '-q', '--orphan', 'unrelated');
    repository.commit('unrelated', { 'c.txt': 'c\n' });
    await expect(
      reader.mergeBase('main', 'unrelated'),
    ).resolves.toBeUndefined();
    await expect(reader.mergeable('main', 'unrelated')).resolves.toMatchObject({
      clean: false,
    });
  });

  it('finds the last commit of each entry of a folder', async () => {
    const one = repository.commit('one', {
      'src/a.txt': '1',
      'src/deep/x.txt': '1',
      'src/deep/y.txt': '1',
      'README.md': '1',
    });
    const two = repository.commit('two', { 'src/deep/x.txt': '2' });
    const three = repository.commit('three', { 'README.md': '3' });
    const shas = async (path?: string, maxCommits?: number) =>
      Object.fromEntries(
        [
          ...(await reader.lastCommitPerEntry('main', path, { maxCommits })),
        ].map(([name, commit]) => [name, commit.sha]),
      );
    await expect(shas()).resolves.toEqual({ 'README.md': three, src: two });
    await expect(shas('src')).resolves.toEqual({ 'a.txt': one, deep: two });
    await expect(shas(undefined, 1)).resolves.toEqual({ 'README.md': three });
  });

  it('streams archives that unpack to the files of the commit', async () => {
    repository.commit('files', { 'src/ü.txt': 'umlaut', 'a.txt': 'a' });
    const target = await mkdtemp(join(tmpdir(), 'waymark-archive-'));
    try {
      const packed = await buffer(
        await reader.archive('main', 'tar.gz', 'acme-shop-1234567'),
      );
      expect(gunzipSync(packed).subarray(257, 262).toString()).toBe('ustar');
      execFileSync('tar', ['-xz', '-C', target], { input: packed });
      await expect(
        stat(join(target, 'acme-shop-1234567/src/ü.txt')),
      ).resolves.toMatchObject({ size: 6 });
      await expect(readdir(target)).resolves.toEqual(['acme-shop-1234567']);
    } finally {
      await rm(target, { recursive: true });
    }
    const zip = await buffer(await reader.archive('main', 'zip'));
    expect(zip.subarray(0, 2).toString()).toBe('PK');
    await expect(reader.archive('nope', 'zip')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      reader.archive('main', 'zip', '../outside'),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
