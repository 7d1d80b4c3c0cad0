import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { mkdir, rename, rm } from 'fs/promises';
import path from 'path';
import { toFastImport } from './fastImport';
import { users } from './organization/users';
import { planHistory } from './planHistory';
import { listSeedNames, readSeedSource } from './seedFolder';
import { SeedResult } from './types';

const usersByLogin = new Map(users.map(user => [user.login, user]));

function git(cwd: string, args: string[], input?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd,
      // Neither the settings of the person nor those of the machine may change what is written.
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
      },
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else reject(new Error(`git ${args.join(' ')}: ${Buffer.concat(errors)}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

async function readBranches(
  repository: string,
): Promise<Record<string, string>> {
  const refs = await git(repository, [
    'for-each-ref',
    '--format=%(refname:lstrip=2) %(objectname)',
    'refs/heads',
  ]);
  return Object.fromEntries(
    refs
      .trim()
      .split('\n')
      .map(line => line.split(' ') as [string, string]),
  );
}

async function writeRepository(name: string, target: string, now: Date) {
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const plan = planHistory(readSeedSource(name), now);
  await mkdir(unfinished, { recursive: true });
  await git(unfinished, [
    'init',
    '--quiet',
    '--bare',
    '--template=',
    '--initial-branch=main',
  ]);
  await git(
    unfinished,
    ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet', '--done'],
    toFastImport(plan, usersByLogin),
  );
  // Only a whole repository ever has its final name: a killed seed starts over with this one.
  await rename(unfinished, target);
  return plan.findIndex(commit => commit.branch === 'main') + 1;
}

/**
 * Writes the seed repositories as bare Git repositories below `reposDir` (`<reposDir>/acme/<name>.git`), with
 * histories that end near `now`. A repository that is already there is left as it is.
 */
export async function seedRepositories(options: {
  reposDir: string;
  now: Date;
  log(line: string): void;
}): Promise<SeedResult> {
  const result: SeedResult = { repositories: [] };
  for (const name of listSeedNames()) {
    const target = path.join(options.reposDir, 'acme', `${name}.git`);
    const skipped = existsSync(target);
    const commits = skipped
      ? Number(await git(target, ['rev-list', '--count', 'main']))
      : await writeRepository(name, target, options.now);
    const branches = await readBranches(target);
    result.repositories.push({
      name,
      defaultBranch: 'main',
      commits,
      branches,
      skipped,
    });
  }
  const written = result.repositories.filter(repository => !repository.skipped);
  const commits = written.reduce(
    (sum, repository) => sum + repository.commits,
    0,
  );
  options.log(`Seeded ${written.length} repositories with ${commits} commits`);
  return result;
}
