import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  eventually,
  ManualClock,
  testDatabases,
} from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { generateKeyPairSync } from 'node:crypto';
import { Ledger, LedgerSequencer, verifyLog } from '../log';
import { ENTRIES, NODES, QUEUE, SIZE } from '../log/tables';
import { NoteSigner, NoteVerifier } from '../note';
import { HeadFile } from './HeadFile';
import { HeadPublisher } from './HeadPublisher';

jest.setTimeout(120_000);

const databases = testDatabases();
const folder = createMockDirectory();
const AT = new Date('2026-03-01T12:00:00Z');

const signer = NoteSigner.create({
  name: 'waymark/scorecards',
  privateKey: generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString(),
});
const verifier = NoteVerifier.create(signer.verifierKey);

async function start(knex: Knex, name: string) {
  const database = mockServices.database({ knex });
  const ledger = await Ledger.create({ database });
  const file = HeadFile.at(folder.resolve(`${name}.jsonl`));
  const publisher = await HeadPublisher.create({
    database,
    ledger,
    origin: 'acme.example/waymark/scorecards',
    signer,
    sinks: [file],
    clock: ManualClock.at(AT),
  });
  const append = (by: string) =>
    knex.transaction(tx =>
      ledger.append(tx, { type: 'exemption.approved', record: { by } }, AT),
    );
  return { ledger, file, publisher, append };
}

describe.each(databases.eachSupportedId())('publishing on %s', id => {
  it('follows the log by itself, and each head verifies', async () => {
    const knex = await databases.init(id);
    const { ledger, file, publisher, append } = await start(knex, `a${id}`);
    const sequencer = LedgerSequencer.create({
      ledger,
      logger: mockServices.logger.mock(),
      onGrown: async () => {
        await publisher.publish();
      },
    });
    sequencer.start();
    try {
      for (const size of [1, 2]) {
        await append(`person ${size}`);
        await eventually(async () => {
          const heads = await file.read(verifier);
          return heads.length === size ? heads : undefined;
        });
      }
    } finally {
      await sequencer.stop();
    }

    const heads = await file.read(verifier);
    expect(heads.map(({ size }) => size)).toEqual([1, 2]);
    expect(heads[0].origin).toBe('acme.example/waymark/scorecards');
    expect((await verifyLog(knex, heads)).fault).toBeUndefined();
    expect(await publisher.publish()).toBeUndefined();
  });

  it('signs nothing of a log that was rewritten', async () => {
    const knex = await databases.init(id);
    const { ledger, file, publisher, append } = await start(knex, `b${id}`);
    await append('security-1');
    await ledger.integrate();
    await publisher.publish();

    await knex(ENTRIES).delete();
    await knex(NODES).delete();
    await knex(SIZE).update({ size: 0 });
    await append('nobody');
    await append('nobody else');
    await ledger.integrate();

    await expect(publisher.publish()).rejects.toThrow(
      'was rewritten: its 2 entries do not begin with the 1 that were published',
    );
    expect(await file.read(verifier)).toHaveLength(1);
  });

  it('goes on when a turn has failed', async () => {
    const knex = await databases.init(id);
    const { ledger, append } = await start(knex, `c${id}`);
    const logger = mockServices.logger.mock();
    const sequencer = LedgerSequencer.create({ ledger, logger });
    await knex.schema.renameTable(QUEUE, 'elsewhere');
    sequencer.start();
    try {
      await eventually(async () => logger.error.mock.calls[0]);
      await knex.schema.renameTable('elsewhere', QUEUE);
      await append('person');
      const { size } = await eventually(async () => {
        const head = await ledger.head();
        return head.size > 0 ? head : undefined;
      });
      expect(size).toBe(1);
    } finally {
      await sequencer.stop();
    }
  });
});
