import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { InputError } from '@backstage/errors';
import { HeadFile, NoteVerifier, verifyExport } from '@waymark/ledger-node';

/** @see verifyLedger */
export interface VerifyLedgerRequest {
  /** What `GET …/ledger/export` gave. */
  file: string;
  /** Heads that were signed and published, which whoever can write to the database cannot change. */
  heads?: {
    file: string;
    /** The public key, as `<name>+<key id>+<key>`. */
    verifierKey: string;
  };
  print: (line: string) => void;
}

/**
 * Verifies the export of a ledger with nothing but files: no portal is asked, and no database.
 *
 * @throws InputError when a file is not there, is none of a ledger, or is not signed
 * @returns whether all is as it was written
 */
export async function verifyLedger(
  request: VerifyLedgerRequest,
): Promise<boolean> {
  const { file, heads, print } = request;
  await requireReadable(file);
  const published = heads ? await readHeads(heads.file, heads.verifierKey) : [];
  const { size, root, erased, fault } = await verifyExport(
    createInterface({ input: createReadStream(file), crlfDelay: Infinity }),
    published,
  );
  if (fault) {
    const { index, to, reason } = fault;
    const where =
      to === undefined ? `Entry ${index}` : `Entries ${index} to ${to - 1}`;
    print(`${where}: ${reason}`);
    return false;
  }
  print(
    `${size} entries are as they were written, ${erased} of them erased on purpose. Root: ${root.toString(
      'base64',
    )}`,
  );
  print(
    heads
      ? `${published.length} signed heads vouch for them`
      : 'No signed head vouches for them: somebody who can write to the database may have written all of it anew',
  );
  return true;
}

async function readHeads(file: string, verifierKey: string) {
  await requireReadable(file);
  const heads = await HeadFile.at(file).read(NoteVerifier.create(verifierKey));
  if (heads.length === 0) throw new InputError(`${file} holds no head`);
  return heads;
}

async function requireReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new InputError(`${file} cannot be read`);
  });
}
