import { createHash } from 'crypto';
import { mkdir, writeFile } from 'fs/promises';
import path from 'path';
import { run, Workbench } from './__testUtils__/workbench';
import { finalTree, listSeedNames, readSeedSource } from './seedFolder';
import { seedOrganization, seedRepositories } from './index';
import { SeedResult } from './types';

const now = new Date('2026-11-22T09:00:00Z');
const names = listSeedNames();

let bench: Workbench;
let reposDir: string;
let result: SeedResult;
const log: string[] = [];

const git = (name: string, ...args: string[]) =>
  run('git', args, path.join(reposDir, 'acme', `${name}.git`));

/** The id that Git gives to a content. */
const blobId = (content: Buffer) =>
  createHash('sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');

beforeAll(async () => {
  bench = await Workbench.create();
  reposDir = path.join(bench.directory, 'repositories');
  // What a killed seed left behind must not get in the way.
  const remains = path.join(reposDir, 'acme', 'checkout-api.git.unfinished');
  await mkdir(remains, { recursive: true });
  await writeFile(path.join(remains, 'HEAD'), 'nonsense');
  result = await seedRepositories({
    reposDir,
    now,
    log: line => log.push(line),
  });
}, 60_000);
afterAll(() => bench.remove());

describe('seedRepositories', () => {
  it('writes every repository, and says how much', () => {
    expect(result.repositories.map(({ name }) => name)).toEqual(names);
    expect(log).toEqual([
      expect.stringMatching(/^Seeded 31 repositories with \d{3} commits$/),
    ]);
  });

  it('writes histories of a dozen commits or more', () => {
    const short = result.repositories.filter(({ commits }) => commits < 12);
    expect(short).toEqual([]);
  });

  it.each(names)(
    'ends %s with exactly its files, on a sound repository',
    async name => {
      await git(name, 'fsck', '--strict', '--full');
      const listed = await git(name, 'ls-tree', '-r', 'main');
      expect(listed.trim().split('\n').sort()).toEqual(
        [...finalTree(readSeedSource(name))]
          .map(
            ([file, { content, executable }]) =>
              `${executable ? 100755 : 100644} blob ${blobId(
                content,
              )}\t${file}`,
          )
          .sort(),
      );
    },
  );

  it.each(names)(
    'lets the commits of %s follow each other into the recent past',
    async name => {
      const lines = await git(
        name,
        'log',
        '--format=%at %ae',
        '--topo-order',
        'main',
      );
      const commits = lines
        .trim()
        .split('\n')
        .map(line => line.split(' '));
      const known = seedOrganization().users.map(({ email }) => email);
      for (const [, email] of commits) expect(known).toContain(email);
      const times = commits.map(([seconds]) => Number(seconds) * 1000);
      expect(Math.max(...times)).toBeLessThan(now.getTime());
      expect([...times].sort((a, b) => b - a)).toEqual(times);
      const weekdays = times.filter(
        time => ![0, 6].includes(new Date(time).getUTCDay()),
      );
      expect(weekdays.length / times.length).toBeGreaterThan(0.9);
    },
  );

  it('is alive: most repositories changed within a month, one slept for over a year', async () => {
    const ages = await Promise.all(
      names.map(async name => {
        const seconds = Number(
          await git(name, 'log', '-1', '--format=%at', 'main'),
        );
        return (now.getTime() / 1000 - seconds) / 86_400;
      }),
    );
    expect(ages.filter(age => age < 8).length).toBeGreaterThanOrEqual(8);
    expect(ages.filter(age => age < 31).length).toBeGreaterThanOrEqual(20);
    expect(ages.filter(age => age > 400).length).toBe(1);
  });

  it('has the branch of every open pull request, one commit or more ahead', async () => {
    const pulls = seedOrganization().repositories.flatMap(
      ({ name, pullRequests }) =>
        (pullRequests ?? []).map(pull => ({ name, ...pull })),
    );
    expect(pulls.length).toBeGreaterThanOrEqual(4);
    for (const { name, base, head } of pulls) {
      const ahead = await git(name, 'rev-list', '--count', `${base}..${head}`);
      expect(Number(ahead)).toBeGreaterThan(0);
      const behind = await git(name, 'rev-list', '--count', `${head}..${base}`);
      expect(Number(behind)).toBe(0);
    }
  });

  it('leaves alone what is there already', async () => {
    const again = await seedRepositories({
      reposDir,
      now: new Date('2027-01-01'),
      log: () => {},
    });
    expect(again.repositories).toEqual(
      result.repositories.map(repository => ({ ...repository, skipped: true })),
    );
  });
});
