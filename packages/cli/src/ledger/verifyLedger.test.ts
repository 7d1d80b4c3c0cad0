import { mockServices } from '@backstage/backend-test-utils';
import {
  formatCheckpoint,
  HeadFile,
  Ledger,
  LedgerEntry,
  NoteSigner,
  TreeHead,
} from '@waymark/ledger-node';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLedger } from './verifyLedger';

jest.setTimeout(60_000);

const ORIGIN = 'acme.example/ledger';
const databases = testDatabases();
const [id] = databases.eachSupportedId()[0];
const signer = NoteSigner.create({
  name: ORIGIN,
  privateKey: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

describe('ledger verify', () => {
  let folder: string;
  let lines: string[];
  let head: TreeHead;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-ledger-'));
    const knex = await databases.init(id);
    const ledger = await Ledger.create({
      database: mockServices.database({ knex }),
    });
    for (const by of ['platform-engineer', 'security-1']) {
      const record: LedgerEntry['record'] = { by };
      await knex.transaction(tx =>
        ledger.append(
          tx,
          { type: 'exemption.approval', record },
          new Date('2026-03-01T12:00:00Z'),
        ),
      );
    }
    await ledger.integrate();
    head = await ledger.head();
    lines = [];
    for await (const line of ledger.export()) lines.push(JSON.stringify(line));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function verify(text: string, heads?: { root: Buffer; key?: string }) {
    const file = join(folder, 'ledger.jsonl');
    await writeFile(file, text);
    const headFile = join(folder, 'heads.jsonl');
    await rm(headFile, { force: true });
    if (heads) {
      const checkpoint = { origin: ORIGIN, size: head.size, root: heads.root };
      await HeadFile.at(headFile).publish(
        signer.sign(formatCheckpoint(checkpoint)),
      );
    }
    const printed: string[] = [];
    const isRight = await verifyLedger({
      file,
      ...(heads && {
        heads: {
          file: headFile,
          verifierKey: heads.key ?? signer.verifierKey,
        },
      }),
      print: line => printed.push(line),
    });
    return { isRight, printed };
  }

  it('says that an export is as it was written, and who vouches for that', async () => {
    const whole = lines.join('\n');
    const alone = await verify(whole);
    expect(alone.isRight).toBe(true);
    expect(alone.printed[0]).toContain('2 entries are as they were written');
    expect(alone.printed[1]).toContain('No signed head');
    expect(await verify(whole, { root: head.root })).toMatchObject({
      isRight: true,
      printed: [expect.anything(), '1 signed heads vouch for them'],
    });
  });

  it('names the entry that somebody has changed, and what was written anew', async () => {
    const changed = lines.join('\n').replace('security-1', 'dev-checkout');
    expect(await verify(changed)).toEqual({
      isRight: false,
      printed: ['Entry 1: the record is not the one of its leaf'],
    });
    const another = await verify(lines.join('\n'), {
      root: Buffer.alloc(32, 7),
    });
    expect(another.isRight).toBe(false);
    expect(another.printed[0]).toMatch(/^Entries 0 to 1: /);
  });

  it('refuses what is no export, is not there, or is signed by somebody else', async () => {
    await expect(verify('nothing')).rejects.toThrow('line 1: must be JSON');
    await expect(
      verifyLedger({ file: join(folder, 'none'), print: () => {} }),
    ).rejects.toThrow('none cannot be read');
    const other = NoteSigner.create({
      name: ORIGIN,
      privateKey: generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    });
    await expect(
      verify(lines.join('\n'), { root: head.root, key: other.verifierKey }),
    ).rejects.toThrow('not signed by');
  });
});
