import { Emulator } from '../emulator/Emulator';
import { JournalEntry } from '../journal/Journal';
import { withAddress } from './address';
import { RecordStore } from './RecordStore';

/**
 * Brings the emulator and the forge's own records to where the journal ends.
 *
 * @throws Error that names the request that is refused now
 */
export async function replay(
  entries: readonly JournalEntry[],
  into: { emulator: Emulator; records: RecordStore; baseUrl: string },
): Promise<void> {
  const { emulator, records, baseUrl } = into;
  for (const entry of entries) {
    if (entry.op === 'store') {
      records.apply(
        entry.collection,
        entry.key,
        withAddress(entry.value, baseUrl),
      );
    } else if (entry.op === 'request') {
      const answer = await emulator.send({
        method: entry.method,
        path: entry.path,
        body: entry.body,
        actor: entry.actor,
        at: Date.parse(entry.at),
      });
      if (answer.status >= 400) {
        throw new Error(
          `The journal cannot be replayed: ${entry.method} ${entry.path} of ` +
            `${entry.at} now answers ${answer.status}`,
        );
      }
    }
  }
}
