import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  apiOf,
  startTestForge,
  temporaryDirectory,
} from '../__testUtils__/fixture';
import { BOT_LOGIN } from '../openState';
import { syncPortalRepository, SyncOutcome } from './portalRepository';

jest.setTimeout(60_000);

let forge: Awaited<ReturnType<typeof startTestForge>>;
let api: ReturnType<typeof apiOf>;
let root: string;
let name = 'portal';

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** What every start does. */
async function sync(): Promise<SyncOutcome> {
  return await syncPortalRepository(forge.context, {
    owner: 'acme',
    name,
    root,
  });
}

async function files(ref = 'main'): Promise<string[]> {
  const tree = await api(
    'GET',
    `/repos/acme/${name}/git/trees/${ref}?recursive=1`,
  );
  return tree.body.tree
    .filter((entry: any) => entry.type === 'blob')
    .map((entry: any) => entry.path);
}

async function text(path: string, ref = 'main'): Promise<string> {
  const file = await api(
    'GET',
    `/repos/acme/${name}/contents/${path}?ref=${ref}`,
    undefined,
    { accept: 'application/vnd.github.raw' },
  );
  return file.body;
}

async function editInForge(path: string, content: string): Promise<void> {
  const present = await api('GET', `/repos/acme/${name}/contents/${path}`);
  const put = await api('PUT', `/repos/acme/${name}/contents/${path}`, {
    message: `Edit ${path}`,
    sha: present.body.sha,
    content: Buffer.from(content).toString('base64'),
  });
  expect(put.status).toBe(200);
}

beforeAll(async () => {
  root = await temporaryDirectory('checkout');
  await fillCheckout();
  forge = await startTestForge({ root });
  api = apiOf(forge);
});

afterAll(async () => {
  await forge.close();
});

async function fillCheckout(): Promise<void> {
  await write('catalog/org/acme.yaml', 'kind: Group\n');
  await write('catalog/systems/checkout.yaml', 'kind: System\n');
  await write('templates/service/template.yaml', 'kind: Template\n');
  await write('node_modules/x/index.js', 'not for the portal\n');
}

/** A repository and a checkout of its own for a test. */
async function begin(repository: string): Promise<void> {
  name = repository;
  root = await temporaryDirectory('checkout');
  await fillCheckout();
  await sync();
  await forge.context.repositories.create(
    {
      owner: 'acme',
      ownerType: 'Organization',
      adopt: true,
      body: { name },
    },
    { actor: BOT_LOGIN },
  );
}

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

it('starts the repository from the two folders and a README', async () => {
  expect(await files()).toEqual([
    'README.md',
    'catalog/org/acme.yaml',
    'catalog/systems/checkout.yaml',
    'templates/service/template.yaml',
  ]);
  const repository = await api('GET', `/repos/acme/${name}`);
  expect(repository.body.default_branch).toBe('main');
  expect(await sync()).toBe('unchanged');
});

it('commits edits, renames and deletions of the disk to main', async () => {
  await begin('portal-1');
  await write('catalog/org/acme.yaml', 'kind: Group # edited\n');
  await rename(
    join(root, 'catalog/systems/checkout.yaml'),
    join(root, 'catalog/systems/payments.yaml'),
  );
  await rm(join(root, 'templates'), { recursive: true });
  expect(await sync()).toBe('committed');
  expect(await files()).toEqual([
    'README.md',
    'catalog/org/acme.yaml',
    'catalog/systems/payments.yaml',
  ]);
  expect(await text('catalog/org/acme.yaml')).toBe('kind: Group # edited\n');
  const [commit] = (await api('GET', `/repos/acme/${name}/commits`)).body;
  expect(commit.author.login).toBe(BOT_LOGIN);
  expect(await sync()).toBe('unchanged');
});

it('leaves alone what only the forge changed', async () => {
  await begin('portal-2');
  await editInForge('catalog/org/acme.yaml', 'kind: Group # merged\n');
  expect(await sync()).toBe('unchanged');
  expect(await text('catalog/org/acme.yaml')).toBe('kind: Group # merged\n');
  // Taking the forge's state over to the disk makes both agree again.
  await write('catalog/org/acme.yaml', 'kind: Group # merged\n');
  expect(await sync()).toBe('unchanged');
  await write('catalog/org/acme.yaml', 'kind: Group # later\n');
  expect(await sync()).toBe('committed');
});

it('opens a pull request when both sides changed, and updates it', async () => {
  await begin('portal-3');
  await editInForge('catalog/org/acme.yaml', 'kind: Group # merged\n');
  await write('catalog/systems/checkout.yaml', 'kind: System # edited\n');
  expect(await sync()).toBe('offered');
  expect(await sync()).toBe('unchanged');
  expect(await text('catalog/systems/checkout.yaml')).toBe('kind: System\n');

  await write('catalog/systems/new.yaml', 'kind: System\n');
  expect(await sync()).toBe('offered');
  const pulls = await api('GET', `/repos/acme/${name}/pulls`);
  expect(pulls.body).toHaveLength(1);
  const [{ number }] = pulls.body;
  const changed = await api('GET', `/repos/acme/${name}/pulls/${number}/files`);
  expect(changed.body.map(({ filename }: any) => filename)).toEqual([
    'catalog/systems/checkout.yaml',
    'catalog/systems/new.yaml',
  ]);

  const merged = await api('PUT', `/repos/acme/${name}/pulls/${number}/merge`);
  expect(merged.status).toBe(200);
  expect(await text('catalog/org/acme.yaml')).toBe('kind: Group # merged\n');
  expect(await text('catalog/systems/checkout.yaml')).toBe(
    'kind: System # edited\n',
  );
  expect(await sync()).toBe('unchanged');
  expect(await sync()).toBe('unchanged');
  expect((await api('GET', `/repos/acme/${name}/pulls`)).body).toEqual([]);
});

it('does not offer again what was declined, until the disk changes', async () => {
  await begin('portal-4');
  await editInForge('catalog/org/acme.yaml', 'kind: Group # merged\n');
  await write('catalog/systems/checkout.yaml', 'kind: System # edited\n');
  expect(await sync()).toBe('offered');
  const [{ number }] = (await api('GET', `/repos/acme/${name}/pulls`)).body;
  await api('PATCH', `/repos/acme/${name}/pulls/${number}`, {
    state: 'closed',
  });
  expect(await sync()).toBe('unchanged');
  await write('catalog/systems/checkout.yaml', 'kind: System # again\n');
  expect(await sync()).toBe('offered');
  expect((await api('GET', `/repos/acme/${name}/pulls`)).body).toHaveLength(1);
});
