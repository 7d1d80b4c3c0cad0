import {
  createMockDirectory,
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  HeadFile,
  leafHash,
  Ledger,
  NoteSigner,
  NoteVerifier,
  parseCheckpoint,
  verifyExport,
  verifyInclusion,
} from '@waymark/ledger-node';
import { ledgerExportLineSchema } from '@waymark/scorecards-common';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import express from 'express';
import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { createWorld } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { HeadPublication } from '../ledger/HeadPublication';
import { createLedgerRouter } from './createLedgerRouter';
import { ledgerOperations } from './ledgerOperations';

jest.setTimeout(120_000);

const databases = testDatabases();
const folder = createMockDirectory();
const key = generateKeyPairSync('ed25519')
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString();
const ORIGIN = 'acme.example/waymark/scorecards';

async function create(id: TestDatabaseId) {
  const world = await createWorld(databases, id);
  const { knex, ledger, clock, logger } = world;
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY =
    AuthorizeResult.ALLOW;
  const router = createLedgerRouter({
    ledger,
    auditor,
    httpAuth: mockServices.httpAuth(),
    permissions: mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result:
            permission.name === 'scorecards.ledger.read'
              ? result
              : AuthorizeResult.DENY,
        })),
    }),
  });
  const app = express().use(router).use(mockErrorHandler());
  const get = (path: string, token = mockCredentials.user.header()) =>
    request(app).get(path).set('Authorization', token);
  /** Answers as the interface says, and nothing else. */
  async function ask(name: keyof typeof ledgerOperations, path: string) {
    const { status, body } = await get(path);
    expect([status, body]).toEqual([200, body]);
    expect(ledgerOperations[name].answer.parse(body)).toEqual(body);
    return body;
  }
  await world.define(
    aFactSource('git'),
    aScorecard('basics', ['facts.git.readme']),
  );
  await ledger.integrate();
  const publish = async (file: string) => {
    const publication = await HeadPublication.fromConfig({
      config: mockServices.rootConfig({
        data: {
          scorecards: { ledger: { heads: { origin: ORIGIN, key, file } } },
        },
      }),
      database: mockServices.database({ knex }),
      ledger,
      clock,
      logger,
    });
    await publication.runOnce();
  };
  const deny = () => {
    result = AuthorizeResult.DENY;
  };
  return { ...world, get, ask, deny, publish, auditor, event };
}

describe.each(databases.eachSupportedId())('the ledger over HTTP on %s', id => {
  it('shows what is on record, and proves each entry', async () => {
    const { ask, ledger, clock } = await create(id);
    const { items, cursor } = await ask('listLedger', '/ledger');
    expect(cursor).toBeUndefined();
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      index: 0,
      type: 'definition.adopted',
      at: clock.now().toISOString(),
    });

    const first = await ask('listLedger', '/ledger?limit=1');
    const rest = await ask('listLedger', `/ledger?cursor=${first.cursor}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    expect((await ask('listLedger', '/ledger?type=lie')).items).toEqual([]);

    const head = await ask('getLedgerHead', '/ledger/head');
    const { root } = await ledger.head();
    expect(head).toEqual({ size: 2, root: root.toString('base64') });
    for (const { index, leaf } of items) {
      const claim = await ask('proveLedgerEntry', `/ledger/proof/${index}`);
      expect(claim).toMatchObject({ ...head, index, leaf });
      const proved = (text: string) =>
        verifyInclusion({
          index,
          size: claim.size,
          root: Buffer.from(claim.root, 'base64'),
          proof: claim.proof.map((hash: string) => Buffer.from(hash, 'base64')),
          leaf: leafHash(Buffer.from(text)),
        });
      expect([proved(leaf), proved('{}')]).toEqual([true, false]);
    }
    expect(
      await ask('proveLedgerEntry', '/ledger/proof/0?size=1'),
    ).toMatchObject({ size: 1, proof: [] });
  });

  it('is exported with its signed heads, and verified with nothing but the file', async () => {
    const { get, publish, ledger, define } = await create(id);
    await publish(folder.resolve(`${id}-export.jsonl`));
    await define(aFactSource('git'));
    await ledger.integrate();
    const { status, headers, text } = await get('/ledger/export').buffer(true);
    expect([status, headers['content-type']]).toEqual([
      200,
      expect.stringContaining('application/x-ndjson'),
    ]);
    const lines = text.trimEnd().split('\n');
    const parsed = lines.map(line =>
      ledgerExportLineSchema.parse(JSON.parse(line)),
    );
    expect(parsed.map(({ line }) => line)).toEqual([
      'head',
      'published',
      ...parsed.slice(2).map(() => 'entry'),
    ]);
    const note = parsed.flatMap(one =>
      one.line === 'published' ? one.note : [],
    );
    const signer = NoteSigner.create({ name: ORIGIN, privateKey: key });
    const signed = parseCheckpoint(
      NoteVerifier.create(signer.verifierKey).open(note[0]),
    );
    expect(await verifyExport(lines, [signed])).toEqual({
      ...(await ledger.head()),
      erased: 0,
    });
    const forged = text.replace('basics', 'forged').trimEnd().split('\n');
    expect((await verifyExport(forged, [signed])).fault).toMatchObject({
      index: expect.any(Number),
      reason: 'the record is not the one of its leaf',
    });
  });

  it('shows the head that was signed last', async () => {
    const { ask, publish, clock } = await create(id);
    const path = folder.resolve(`${id}.jsonl`);
    await publish(path);
    await publish(path);
    const { published } = await ask('getLedgerHead', '/ledger/head');
    expect(published).toMatchObject({
      size: 2,
      at: clock.now().toISOString(),
    });
    const signer = NoteSigner.create({ name: ORIGIN, privateKey: key });
    const verifier = NoteVerifier.create(signer.verifierKey);
    expect(verifier.open(published.note)).toMatch(`${ORIGIN}\n2\n`);
    expect(await HeadFile.at(path).read(verifier)).toHaveLength(1);
  });

  it('says what is wrong with a request', async () => {
    const { get } = await create(id);
    const forged = Buffer.from('{"after":"x"}').toString('base64url');
    for (const [path, status, message] of [
      ['/ledger/proof/two', 400, /^index: must be a whole number from 0$/],
      ['/ledger/proof/2', 404, /^There is no entry 2 among the first 2/],
      ['/ledger/proof/1?size=1', 404, /^There is no entry 1 among the first 1/],
      ['/ledger/proof/0?size=3', 404, /has 2 entries, not 3/],
      ['/ledger/proof/0?size=-1', 400, /size/],
      ['/ledger?limit=501', 400, /limit/],
      [`/ledger?cursor=${forged}`, 400, /cursor/],
      ['/ledger?kind=x', 400, /kind/],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.body.error.message).toMatch(message);
    }
  });

  it('lets in whom the policy lets in, and keeps account of who reads', async () => {
    const { get, deny, auditor, event } = await create(id);
    await get('/ledger/head');
    expect(event.success).toHaveBeenCalledTimes(1);
    deny();
    for (const path of [
      '/ledger',
      '/ledger/head',
      '/ledger/proof/0',
      '/ledger/export',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 403]);
      const nobody = await get(path, mockCredentials.none.header());
      expect([path, nobody.status]).toEqual([path, 401]);
    }
    expect(event.success).toHaveBeenCalledTimes(1);
    expect(event.fail).toHaveBeenCalledTimes(4);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
        eventId,
        meta?.queryType,
      ]),
    ).toEqual(
      ['head', 'entries', 'head', 'proof', 'export'].map(what => [
        'ledger-read',
        what,
      ]),
    );
  });
});

describe('the configuration of published heads', () => {
  const heads = { origin: ORIGIN, key, file: '/var/lib/waymark/heads.jsonl' };

  it.each([
    [{ ...heads, origin: 'a b' }, 'heads.origin: must have no spaces'],
    [{ ...heads, file: 'heads' }, 'heads.file: must be an absolute path'],
    [{ ...heads, key: 'x4Tn8' }, 'heads.key: The signing key is not a private'],
    [{ origin: ORIGIN, file: heads.file }, 'heads.key: '],
    [{ ...heads, keys: 1 }, 'keys'],
  ])('names what is wrong with %j', async (wrong, message) => {
    const knex = await databases.init('SQLITE_3');
    const database = mockServices.database({ knex });
    const published = HeadPublication.fromConfig({
      config: mockServices.rootConfig({
        data: { scorecards: { ledger: { heads: wrong } } },
      }),
      database,
      ledger: await Ledger.create({ database }),
      clock: ManualClock.at(new Date('2026-03-01T12:00:00Z')),
      logger: mockServices.logger.mock(),
    });
    await expect(published).rejects.toThrow(message);
    await expect(published).rejects.not.toThrow('x4Tn8');
  });
});
