import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { leafHash } from '../merkle';
import { verifyConsistency, verifyInclusion } from '../merkle/verify';
import { Ledger, MIGRATIONS } from './Ledger';
import { canonicalJson } from './leaf';
import { ENTRIES, HEADS, NODES, QUEUE, SIZE } from './tables';
import { verifyExport } from './export';
import { verifyLog } from './verifyLog';

jest.setTimeout(120_000);

const databases = testDatabases();
const AT = new Date('2026-03-01T12:00:00Z');

const open = (knex: Knex) =>
  Ledger.create({ database: mockServices.database({ knex }) });

async function append(knex: Knex, ledger: Ledger, count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) {
    await knex.transaction(tx =>
      ledger.append(
        tx,
        { type: 'definition.adopted', record: { by: `person ${index}` } },
        AT,
      ),
    );
  }
}

async function grown(knex: Knex, count: number) {
  const ledger = await open(knex);
  await append(knex, ledger, count);
  await ledger.integrate();
  return ledger;
}

describe('canonical JSON', () => {
  it('is that of RFC 8785', () => {
    // The example of section 3.2.2, and the order of section 3.2.3.
    expect(
      canonicalJson({
        numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27],
        string: '\u20ac$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });
});

describe.each(databases.eachSupportedId())('the ledger on %s', id => {
  it('has migrations that go up and down and leave nothing behind', async () => {
    const knex = await databases.init(id);
    const present = async () =>
      Promise.all(
        [QUEUE, ENTRIES, NODES, SIZE, HEADS].map(table =>
          knex.schema.hasTable(table),
        ),
      );
    await knex.migrate.latest(MIGRATIONS);
    expect(new Set(await present())).toEqual(new Set([true]));
    await knex.migrate.down(MIGRATIONS);
    expect(new Set(await present())).toEqual(new Set([false]));
    await knex.migrate.latest(MIGRATIONS);
  });

  it('holds what a change has queued, and nothing of a change that was undone', async () => {
    const knex = await databases.init(id);
    const ledger = await open(knex);
    await append(knex, ledger, 2);
    await expect(
      knex.transaction(async tx => {
        await ledger.append(tx, { type: 'lie', record: {} }, AT);
        throw new Error('The change is undone');
      }),
    ).rejects.toThrow('The change is undone');

    expect(await ledger.integrate()).toBe(2);
    expect(await ledger.integrate()).toBe(0);
    expect(await ledger.entries({ limit: 10 })).toEqual([
      expect.objectContaining({
        index: 0,
        type: 'definition.adopted',
        at: AT,
        record: { by: 'person 0' },
      }),
      expect.objectContaining({ index: 1, record: { by: 'person 1' } }),
    ]);
    expect(await ledger.entries({ limit: 10, type: 'lie' })).toEqual([]);
    expect(await ledger.entries({ limit: 10, from: 1 })).toHaveLength(1);
  });

  it('proves its entries and its growth from what it has stored', async () => {
    const knex = await databases.init(id);
    const ledger = await grown(knex, 5);
    const older = await ledger.head();
    await append(knex, ledger, 8, 5);
    await ledger.integrate();
    const newer = await ledger.head();

    for (const entry of await ledger.entries({ limit: 20 })) {
      const claim = await ledger.proveInclusion(entry.index);
      const leaf = leafHash(Buffer.from(entry.leaf));
      expect(claim.size).toBe(13);
      expect(verifyInclusion({ ...claim, leaf })).toBe(true);
    }
    expect(
      verifyConsistency({
        older,
        newer,
        proof: await ledger.proveConsistency(5, 13),
      }),
    ).toBe(true);
    expect((await ledger.head(5)).root).toEqual(older.root);

    await expect(ledger.proveInclusion(13)).rejects.toThrow(
      'There is no entry 13 among the first 13',
    );
    await expect(ledger.proveInclusion(7, 5)).rejects.toThrow(
      'There is no entry 7 among the first 5',
    );
    await expect(ledger.head(14)).rejects.toThrow('has 13 entries, not 14');
    await expect(ledger.head(-1)).rejects.toThrow('size: must be');
    await expect(ledger.proveConsistency(9, 3)).rejects.toThrow(
      'cannot be newer',
    );
  });

  it('does not fork when twenty integrate at once while others write', async () => {
    const knex = await databases.init(id);
    const ledgers: Ledger[] = [];
    while (ledgers.length < 20) {
      ledgers.push(await open(knex));
    }
    await Promise.all(
      ledgers.map(async (ledger, index) => {
        await append(knex, ledger, 3, index * 3);
        await ledger.integrate();
      }),
    );
    await ledgers[0].integrate();

    const entries = await ledgers[0].entries({ limit: 100 });
    expect(entries.map(({ index }) => index)).toEqual(
      Array.from({ length: 60 }, (_, index) => index),
    );
    expect(new Set(entries.map(({ record }) => record?.by)).size).toBe(60);
    expect(await verifyLog(knex, [])).toEqual({
      ...(await ledgers[0].head()),
      erased: 0,
    });
  });

  it('forgets people without losing the proof', async () => {
    const knex = await databases.init(id);
    const ledger = await grown(knex, 4);
    const head = await ledger.head();
    await knex.transaction(tx => ledger.erase(tx, 2));

    const [entry] = await ledger.entries({ from: 2, limit: 1 });
    expect(entry.record).toBeUndefined();
    expect(JSON.stringify(await knex(ENTRIES))).not.toContain('person 2');
    expect(await verifyLog(knex, [head])).toEqual({ ...head, erased: 1 });
    await expect(knex.transaction(tx => ledger.erase(tx, 9))).rejects.toThrow(
      'There is no entry 9',
    );
  });

  it('names the entry that is not what was written, whichever it is', async () => {
    const knex = await databases.init(id);
    const ledger = await grown(knex, 9);
    const head = await ledger.head();
    const wrongs: [string, (tx: Knex, index: number) => Promise<unknown>][] = [
      [
        'the record is not the one of its leaf',
        (tx, position) =>
          tx(ENTRIES).where({ position }).update({ record: '{"by":"me"}' }),
      ],
      [
        'the record is not the one of its leaf',
        (tx, position) => tx(ENTRIES).where({ position }).update({ at: 0 }),
      ],
      [
        'the leaf is not the one in the tree',
        (tx, position) =>
          tx(ENTRIES).where({ position }).update({ leaf: '{}' }),
      ],
      [
        'the leaf is not the one in the tree',
        (tx, position) =>
          tx(NODES)
            .where({ level: 0, position })
            .update({ hash: Buffer.alloc(32) }),
      ],
      [
        'the entry is missing',
        (tx, position) => tx(ENTRIES).where({ position }).delete(),
      ],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(8),
        fc.constantFrom(...wrongs),
        async (index, [reason, change]) => {
          const undone = new Error('Undo');
          await expect(
            knex.transaction(async tx => {
              await change(tx, index);
              expect((await verifyLog(tx, [head])).fault).toEqual({
                index,
                reason: expect.stringContaining(reason),
              });
              throw undone;
            }),
          ).rejects.toBe(undone);
        },
      ),
      { numRuns: 25 },
    );
    expect((await verifyLog(knex, [head])).fault).toBeUndefined();
  });

  it('is exported whole, and verified with nothing but the file', async () => {
    const knex = await databases.init(id);
    const ledger = await grown(knex, 1_203);
    await knex.transaction(tx => ledger.erase(tx, 7));
    const lines: string[] = [];
    for await (const line of ledger.export()) lines.push(JSON.stringify(line));
    const head = await ledger.head();
    expect(await verifyExport(lines)).toEqual({ ...head, erased: 1 });
    expect(lines).toHaveLength(1_204);

    const entry = (index: number) => index + 1;
    const changed = (index: number, from: string, to: string) => {
      expect(lines[entry(index)]).toContain(from);
      return lines.with(entry(index), lines[entry(index)].replace(from, to));
    };
    for (const [wrong, fault] of [
      [changed(611, 'person 611', 'nobody'), 'the record is not the one of'],
      [changed(611, '"salt":"', '"salt":"AA'), 'the record is not the one of'],
      [changed(7, '"leaf":"{', '"leaf":"{ '), 'has another root'],
      [lines.toSpliced(entry(611), 1), 'the entry is missing'],
      [lines.slice(0, -1), 'the entry is missing: there were 1203'],
    ] as const) {
      const verified = await verifyExport(wrong);
      expect(verified.fault?.reason).toContain(fault);
    }
    const before = { size: 600, root: head.root };
    expect((await verifyExport(lines, [before])).fault).toMatchObject({
      index: 0,
      to: 600,
    });
    await expect(verifyExport(lines.slice(1))).rejects.toThrow('line 1: must');
    await expect(verifyExport([lines[0], '{'])).rejects.toThrow('line 2: must');
  });

  it('shows by its published heads where it was rewritten as a whole, or cut', async () => {
    const knex = await databases.init(id);
    const ledger = await grown(knex, 4);
    const published = [await ledger.head()];
    for (const size of [8, 12]) {
      await append(knex, ledger, 4, size - 4);
      await ledger.integrate();
      published.push(await ledger.head());
    }

    // All as a careful forger would: the log is written anew, with another entry 5.
    const rows = await knex(ENTRIES).orderBy('position');
    await knex(ENTRIES).delete();
    await knex(NODES).delete();
    await knex(SIZE).update({ size: 0 });
    for (const { record, type, at, salt } of rows) {
      await knex(QUEUE).insert({
        record: record.replace('person 5', 'nobody'),
        type,
        at,
        salt,
      });
    }
    await ledger.integrate();

    expect((await verifyLog(knex, [])).fault).toBeUndefined();
    expect((await verifyLog(knex, published)).fault).toEqual({
      index: 4,
      to: 8,
      reason: expect.stringContaining('entries from 4 to 7'),
    });
    expect((await verifyLog(knex, published.slice(2))).fault).toMatchObject({
      index: 0,
      to: 12,
    });

    await knex(ENTRIES).where('position', '>=', 3).delete();
    await knex(NODES).delete();
    await knex(NODES).insert(
      (
        await knex(ENTRIES).orderBy('position')
      ).map(({ position, leaf }) => ({
        level: 0,
        position,
        hash: leafHash(Buffer.from(leaf)),
      })),
    );
    await knex(SIZE).update({ size: 3 });
    expect((await verifyLog(knex, published)).fault).toMatchObject({
      index: 3,
      reason: 'the entry is missing: there were 12',
    });
  });
});
