import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { pino } from 'pino';
import { createBackend } from '../../src/backend/index.ts';
import { migrate } from '../../src/backend/migrate.ts';
import { createItem } from '../../src/items/item.ts';
import { StoreUnavailableError } from '../../src/items/store.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { itBehavesLikeAnItemStore } from '../support/item-store-contract.ts';

const url = process.env.DATABASE_URL;
const skip =
  url === undefined &&
  'needs PostgreSQL: DATABASE_URL=postgresql://postgres@127.0.0.1:5432/postgres npm test';
const logger = pino({ enabled: false });
const running = new AbortController().signal;

/** Runs in a database of its own, made next to the one that DATABASE_URL names. */
describe('PostgreSQL', { skip }, () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const own = new URL(url ?? 'postgresql://unused');
  own.pathname = `/${name}`;
  const DATABASE_URL = own.href;

  const administer = async (sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };

  before(() => administer(`CREATE DATABASE ${name}`));
  after(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));

  describe('migrations', () => {
    it('are applied once, however many instances start together', async () => {
      const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(DATABASE_URL, 'x')));
      assert.deepEqual(runs.flat(), ['0001_create_items.sql']);
    });

    it('leave nothing behind when one fails, and refuse one that was changed', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
      try {
        await cp(new URL('../../migrations/', import.meta.url), folder, { recursive: true });
        const directory = pathToFileURL(`${folder}/`);

        await writeFile(join(folder, '0002_broken.sql'), 'CREATE TABLE half (); SELECT nonsense;');
        await assert.rejects(migrate(DATABASE_URL, 'x', directory), /nonsense/);
        await writeFile(join(folder, '0002_broken.sql'), 'CREATE TABLE half ();');
        assert.deepEqual(await migrate(DATABASE_URL, 'x', directory), ['0002_broken.sql']);

        await writeFile(join(folder, '0002_broken.sql'), 'CREATE TABLE other ();');
        await assert.rejects(migrate(DATABASE_URL, 'x', directory), /was changed after/);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  describe('store', () => {
    const backend = createBackend({ DATABASE_URL }, logger);
    before(() => backend.start(running));
    after(() => backend.close());

    itBehavesLikeAnItemStore(() => backend.items);
  });

  describe('service', () => {
    let app: TestApp;
    before(async () => {
      app = await startApp({ backend: createBackend({ DATABASE_URL }, logger) });
    });
    after(() => app.close());

    it('is ready, and keeps what it was given', async () => {
      const ready = await app.get('/readyz');
      assert.deepEqual(await ready.json(), {
        status: 'ready',
        checks: { postgresql: { status: 'ok' } },
      });

      const created = await app.post('/v1/items', { name: `Robert'); DROP TABLE items;--` });
      assert.equal(created.status, 201);
      const found = await app.get(created.headers.get('location') ?? '');
      assert.deepEqual(await found.json(), await created.json());
    });
  });
});

describe('PostgreSQL that does not answer', () => {
  const unreachable = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' };

  it('is an unavailable store, a failed check and a 503', async () => {
    const backend = createBackend(unreachable, logger);
    await assert.rejects(backend.items.create(createItem({ name: 'lost' })), StoreUnavailableError);

    const app = await startApp({
      backend: { ...backend, start: () => Promise.resolve() },
    });
    try {
      const ready = await app.get('/readyz');
      assert.equal(ready.status, 503);
      assert.deepEqual(await ready.json(), {
        status: 'unavailable',
        checks: { postgresql: { status: 'failed' } },
      });
      const answer = await app.get('/v1/items');
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '1');
    } finally {
      await app.close();
    }
  });

  it('is waited for until the service is stopped', async () => {
    const backend = createBackend(unreachable, logger);
    await assert.rejects(backend.start(AbortSignal.timeout(400)), { name: 'AbortError' });
    await backend.close();
  });
});
