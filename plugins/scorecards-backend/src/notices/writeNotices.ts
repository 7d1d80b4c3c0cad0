import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { Notice } from './Notice';
import { NOTICES } from './tables';

const CHUNK = 100;
/** What the notifications of the portal can hold. */
const LONGEST_TITLE = 255;

function shortened(title: string): string {
  const characters = [...title];
  return characters.length > LONGEST_TITLE
    ? `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`
    : title;
}

/** Writes what people are to be told into the outbox. What was written under an id once is not told again. */
export async function writeNotices(
  tx: Knex.Transaction,
  notices: readonly Notice[],
  now: Date,
): Promise<void> {
  const at = now.getTime();
  for (const some of chunks([...notices], CHUNK)) {
    await tx(NOTICES)
      .insert(
        some.map(({ id, recipients, payload }) => ({
          ...{ id, at, next_try_at: at },
          recipients: JSON.stringify(recipients),
          payload: JSON.stringify({
            ...payload,
            title: shortened(payload.title),
          }),
        })),
      )
      .onConflict('id')
      .ignore();
  }
}
