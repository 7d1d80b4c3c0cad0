import { z } from 'zod';

const base64 = () => z.string().describe('In base64');

/**
 * One entry of the ledger.
 * @public
 */
export const ledgerEntrySchema = z.strictObject({
  index: z.int().describe('Position in the ledger, from 0.'),
  type: z.string().describe('What happened, such as definition.adopted.'),
  at: z.iso.datetime(),
  record: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('The particulars; null once they were erased.'),
  leaf: z
    .string()
    .describe(
      'What is proved: canonical JSON (RFC 8785) with a salted hash of the record.',
    ),
});

/**
 * `GET /ledger`
 * @public
 */
export const ledgerEntriesSchema = z.strictObject({
  items: z.array(ledgerEntrySchema),
  cursor: z.string().optional(),
});

/**
 * `GET /ledger/head`
 * @public
 */
export const ledgerHeadSchema = z.strictObject({
  size: z.int().describe('How many entries there are.'),
  root: base64().describe(
    'Root of the Merkle tree (RFC 6962) over them, in base64.',
  ),
  published: z
    .strictObject({
      size: z.int(),
      at: z.iso.datetime(),
      note: z.string().describe('Signed checkpoint (C2SP tlog-checkpoint).'),
    })
    .optional()
    .describe('The head that was signed and published last, if any was.'),
});

/**
 * `GET /ledger/proof/:index`
 * @public
 */
export const ledgerProofSchema = ledgerEntrySchema
  .pick({ index: true, leaf: true })
  .extend({
    size: z.int().describe('Of the head that the proof leads to.'),
    root: base64().describe('Of that head, in base64.'),
    proof: z
      .array(base64())
      .describe('Hashes from the leaf to the root (RFC 6962, section 2.1.1).'),
  });

/**
 * A line of `GET /ledger/export`: first the head, then the published heads, then the entries in their order.
 * @public
 */
export const ledgerExportLineSchema = z.discriminatedUnion('line', [
  ledgerHeadSchema
    .pick({ size: true, root: true })
    .extend({ line: z.literal('head') }),
  ledgerHeadSchema.shape.published
    .unwrap()
    .extend({ line: z.literal('published') }),
  ledgerEntrySchema.extend({
    line: z.literal('entry'),
    salt: base64()
      .nullable()
      .describe('Of the hash of the record in the leaf.'),
  }),
]);
