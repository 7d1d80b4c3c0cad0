import { ChildProcess, spawn } from 'node:child_process';
import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  apiOf,
  fixtureSeed,
  startTestForge,
  temporaryDirectory,
} from './__testUtils__/fixture';
import { git } from './__testUtils__/git';

jest.setTimeout(90_000);

let dataDirectory: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDirectory = await temporaryDirectory('durability');
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
  }
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Starts a forge in a process of its own, as `npm start` does. */
async function startProcess(): Promise<{
  url: string;
  token: string;
  kill(): Promise<void>;
}> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, '__testUtils__', 'runForge.ts'),
    ],
    {
      env: { PATH: process.env.PATH, FORGE_TEST_DATA: dataDirectory },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const exited = new Promise<void>(resolve =>
    child.on('exit', () => resolve()),
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', chunk => {
      text += chunk;
      const match = /READY (\S+)/.exec(text);
      if (match) {
        resolve(match[1]);
      }
    });
    exited.then(() => reject(new Error(`The forge ended: ${text}`)));
  });
  return {
    url,
    token: (await readFile(join(dataDirectory, 'token'), 'utf8')).trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

it('loses no acknowledged write when it is killed in the middle of a stream', async () => {
  const first = await startProcess();
  const api = apiOf(first);
  const repository = '/repos/acme/payments-api';
  /** Where an acknowledged write can be read, and what must be there. */
  const acknowledged: { path: string; content: object }[] = [];
  let running = true;
  const writer = async (lane: number) => {
    for (let index = 0; running; index++) {
      const name = `lane${lane}-${index}`;
      try {
        const issue = await api('POST', `${repository}/issues`, {
          title: name,
        });
        if (issue.status === 201) {
          const { number, id, title, user, created_at: at } = issue.body;
          acknowledged.push({
            path: `${repository}/issues/${number}`,
            content: { number, id, title, user, created_at: at },
          });
        }
        const variable = { name: `V_${lane}_${index}`, value: name };
        const variables = `${repository}/actions/variables`;
        if ((await api('POST', variables, variable)).status === 201) {
          acknowledged.push({
            path: `${variables}/${variable.name.toUpperCase()}`,
            content: { value: name },
          });
        }
        const file = `${repository}/contents/${name}.txt`;
        const put = await api('PUT', file, {
          message: name,
          content: '',
          branch: 'rounding',
        });
        if (put.status === 201) {
          acknowledged.push({
            path: `${file}?ref=rounding`,
            content: { sha: put.body.content.sha, path: `${name}.txt` },
          });
        }
      } catch {
        // The connection died with the process: nothing was acknowledged.
      }
    }
  };
  const lanes = [1, 2, 3].map(writer);
  while (acknowledged.length < 40) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await first.kill();
  running = false;
  await Promise.all(lanes);

  const second = await startProcess();
  const after = apiOf(second);
  const found = await Promise.all(
    acknowledged.map(async ({ path }) => (await after('GET', path)).body),
  );
  // The forge came up on another port: only its links may differ.
  const withoutPort = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replace(/localhost:\d+/g, 'forge'));
  expect(withoutPort(found)).toEqual(
    acknowledged.map(({ content }) =>
      expect.objectContaining(withoutPort(content)),
    ),
  );
  await git(
    join(dataDirectory, 'repos/acme/payments-api.git'),
    'fsck',
    '--strict',
  );
  await second.kill();
});

it('comes back with the same numbers, ids and instants after a restart', async () => {
  const first = await startTestForge({ dataDirectory });
  const paths = [
    '/repos/acme/payments-api',
    '/repos/acme/payments-api/pulls/2',
    '/repos/acme/payments-api/pulls/2/reviews',
    '/repos/acme/payments-api/issues?state=all',
    '/repos/acme/payments-api/branches/main/protection',
    '/repos/acme/payments-api/environments',
    '/orgs/acme/teams',
    '/users/mina',
  ];
  const readAll = async (forge: typeof first) => {
    const api = apiOf(forge);
    const answers = await Promise.all(paths.map(path => api('GET', path)));
    return answers.map(({ status, body }) =>
      JSON.stringify({ status, body })
        .replaceAll(forge.url, 'URL')
        .replaceAll(String(forge.port), 'PORT'),
    );
  };
  const before = await readAll(first);
  expect(before[1]).toContain('Round half to even');
  await first.close();
  await new Promise(resolve => setTimeout(resolve, 1_100));
  const second = await startTestForge({ dataDirectory });
  expect(await readAll(second)).toEqual(before);
  await second.close();
});

it('cuts off a torn last line and says so, but refuses other damage', async () => {
  const first = await startTestForge({ dataDirectory });
  await first.close();
  const journal = join(dataDirectory, 'journal.ndjson');
  const { size } = await stat(journal);
  await appendFile(journal, '{"at":"2026-01-01T00:00:00.000Z","op":"sto');
  const lines: string[] = [];
  const second = await startTestForge({
    dataDirectory,
    log: line => lines.push(line),
  });
  expect(lines.join()).toContain('was torn by a crash');
  expect((await stat(journal)).size).toBe(size);
  await second.close();

  await appendFile(journal, 'rubbish\n');
  await expect(startTestForge({ dataDirectory })).rejects.toThrow(
    /is damaged in line \d+/,
  );
});

it('starts the seeding over when it was interrupted', async () => {
  await expect(
    startTestForge({
      dataDirectory,
      seed: {
        ...fixtureSeed,
        writeRepositories: async () => {
          throw new Error('interrupted');
        },
      },
    }),
  ).rejects.toThrow('interrupted');
  const forge = await startTestForge({ dataDirectory });
  const pulls = await forge.service.listPullRequests(
    'acme',
    'payments-api',
    'open',
  );
  expect(pulls).toHaveLength(1);
  await forge.close();
});
