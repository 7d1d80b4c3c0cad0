import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import { Ledger } from '@waymark/ledger-node';
import { scorecardsLedgerReadPermission } from '@waymark/scorecards-common';
import { cursorOf, Operation, OperationCall } from '@waymark/waymark-node';
import { z } from 'zod';
import { EntityAccess } from '../access/EntityAccess';
import { ledgerOperations } from './ledgerOperations';
import { streamAnswer } from './streamAnswer';

type Operations = typeof ledgerOperations;
type Call = Pick<OperationCall<unknown, unknown>, 'credentials' | 'request'>;

/** Answers one of the operations. */
type LedgerHandler<O> = O extends Operation<
  infer Query,
  infer Body,
  infer Answer
>
  ? (
      call: OperationCall<z.output<Query>, z.output<Body>>,
    ) => Promise<z.input<Answer> | undefined>
  : never;

/** `/ledger/…`. Who reads it is itself on record, in the audit log. */
export function ledgerHandlers({
  ledger,
  access,
  auditor,
}: {
  ledger: Ledger;
  access: EntityAccess;
  auditor: AuditorService;
}): { [Name in keyof Operations]: LedgerHandler<Operations[Name]> } {
  async function recorded<T>(
    { credentials, request }: Call,
    queryType: string,
    read: () => Promise<T>,
  ): Promise<T> {
    const event = await auditor.createEvent({
      eventId: 'ledger-read',
      severityLevel: 'medium',
      request,
      meta: { queryType },
    });
    try {
      await access.require(scorecardsLedgerReadPermission, credentials);
      const answer = await read();
      await event.success();
      return answer;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  return {
    listLedger: call =>
      recorded(call, 'entries', async () => {
        const { cursor, limit, type } = call.query;
        const found = await ledger.entries({
          from: cursor,
          limit: limit + 1,
          type,
        });
        const next = found[limit];
        return {
          items: found.slice(0, limit).map(({ at, record, ...entry }) => ({
            ...entry,
            at: at.toISOString(),
            record: record ?? null,
          })),
          ...(next && { cursor: cursorOf(String(next.index)) }),
        };
      }),

    getLedgerHead: call =>
      recorded(call, 'head', async () => {
        const { size, root } = await ledger.head();
        const published = await ledger.published();
        return {
          size,
          root: root.toString('base64'),
          ...(published && {
            published: { ...published, at: published.at.toISOString() },
          }),
        };
      }),

    proveLedgerEntry: call =>
      recorded(call, 'proof', async () => {
        const { index: text } = call.params;
        if (!/^\d{1,15}$/.test(text)) {
          throw new InputError('index: must be a whole number from 0');
        }
        const { root, proof, ...claim } = await ledger.proveInclusion(
          Number(text),
          call.query.size,
        );
        const [{ leaf }] = await ledger.entries({
          from: claim.index,
          limit: 1,
        });
        return {
          ...claim,
          leaf,
          root: root.toString('base64'),
          proof: proof.map(hash => hash.toString('base64')),
        };
      }),

    exportLedger: call =>
      recorded(call, 'export', async () => {
        const { response } = call;
        await streamAnswer(response, linesOf(ledger.export()), () =>
          response.attachment('ledger.jsonl').type('application/x-ndjson'),
        );
        return undefined;
      }),
  };
}

async function* linesOf(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) {
    yield `${JSON.stringify(value)}\n`;
  }
}
