import { testDatabases } from '@waymark/waymark-node/testUtils';
import { migrated } from '../__testUtils__/migrated';
import { NOTICES } from './tables';
import { writeNotices } from './writeNotices';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('notices on %s', id => {
  it('have a title that the notifications can hold, cut between characters', async () => {
    const knex = await migrated(databases, id);
    const notice = (name: string, title: string) => ({
      id: name,
      recipients: ['user:default/dev'],
      payload: { title },
    });
    await knex.transaction(tx =>
      writeNotices(
        tx,
        [notice('fits', '🧭'.repeat(255)), notice('long', '🧭'.repeat(256))],
        new Date('2026-03-01T12:00:00Z'),
      ),
    );
    const payloads: string[] = await knex(NOTICES)
      .orderBy('number')
      .pluck('payload');
    expect(payloads.map(payload => JSON.parse(payload).title)).toEqual([
      '🧭'.repeat(255),
      `${'🧭'.repeat(254)}…`,
    ]);
  });
});
