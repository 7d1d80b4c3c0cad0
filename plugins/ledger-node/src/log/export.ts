import { InputError } from '@backstage/errors';
import { leafHash } from '../merkle/hash';
import { canonicalJson } from './leaf';
import { LedgerEntry, PublishedHead, TreeHead } from './Ledger';
import { FoundEntry, Verification, verifyEntries } from './verifyLog';

/** A line of the export of a log: first the head, then the published heads, then the entries in their order. */
export type ExportedLine =
  | { line: 'head'; size: number; root: string }
  | { line: 'published'; size: number; at: string; note: string }
  | {
      line: 'entry';
      index: number;
      type: string;
      at: string;
      record: LedgerEntry['record'] | null;
      /** In base64; null once the record was erased. */
      salt: string | null;
      leaf: string;
    };

/** @see ExportedLine */
export const headLine = ({ size, root }: TreeHead): ExportedLine => ({
  line: 'head',
  size,
  root: root.toString('base64'),
});

/** @see ExportedLine */
export const publishedLine = ({
  size,
  at,
  note,
}: PublishedHead): ExportedLine => ({
  line: 'published',
  size,
  at: at.toISOString(),
  note,
});

/** @see ExportedLine */
export const entryLine = ({
  index,
  type,
  at,
  record,
  leaf,
  salt,
}: LedgerEntry & { salt?: Buffer }): ExportedLine => ({
  line: 'entry',
  index,
  type,
  at: at.toISOString(),
  record: record ?? null,
  salt: salt?.toString('base64') ?? null,
  leaf,
});

/**
 * Verifies an export, with nothing but the file: each record against its leaf, and all leaves against the head.
 *
 * @param lines - as they are in the file
 * @param published - heads from elsewhere, such as the notes of a Git repository once their signatures were verified
 * @throws InputError when it is no export
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  published: readonly TreeHead[] = [],
): Promise<Verification> {
  const rest = parseLines(lines);
  const first = await rest.next();
  if (first.done || first.value.line !== 'head') {
    throw new InputError('line 1: must be the head of a ledger');
  }
  const { size, root } = first.value;
  const head = { size, root: Buffer.from(root, 'base64') };
  return verifyEntries(found(rest), [...published, head], async () => size);
}

async function* found(
  lines: AsyncIterable<ExportedLine>,
): AsyncGenerator<FoundEntry> {
  for await (const line of lines) {
    if (line.line === 'entry') {
      const { index, type, at, record, salt, leaf } = line;
      yield {
        row: {
          position: index,
          type,
          at: Date.parse(at),
          record: record === null ? null : canonicalJson(record ?? {}),
          salt: salt === null ? null : Buffer.from(salt, 'base64'),
          leaf,
        },
        // There is no tree beside the leaves: the head vouches for them.
        node: leafHash(Buffer.from(leaf)),
      };
    }
  }
}

async function* parseLines(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<ExportedLine> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    try {
      yield JSON.parse(text) as ExportedLine;
    } catch {
      throw new InputError(`line ${number}: must be JSON`);
    }
  }
}
