import { testDatabases } from '@waymark/waymark-node/testUtils';
import { transact } from './transact';

jest.setTimeout(60_000);

const databases = testDatabases();

describe('a transaction on PostgreSQL', () => {
  it('is run again when it has to give way to another one', async () => {
    const knex = await databases.init('POSTGRES_15');
    await knex.schema.createTable('counters', table => {
      table.integer('id').primary();
      table.integer('value').notNullable();
    });
    await knex('counters').insert([
      { id: 1, value: 0 },
      { id: 2, value: 0 },
    ]);
    let runs = 0;
    let waiting = 2;
    let proceed: () => void;
    const bothBegan = new Promise<void>(resolve => {
      proceed = resolve;
    });
    const grow = (order: number[]) =>
      transact(knex, async tx => {
        runs += 1;
        await tx('counters').where({ id: order[0] }).increment('value');
        waiting -= 1;
        if (waiting === 0) {
          proceed();
        }
        await bothBegan;
        await tx('counters').where({ id: order[1] }).increment('value');
      });
    await Promise.all([grow([1, 2]), grow([2, 1])]);
    expect(runs).toBe(3);
    expect(await knex('counters').pluck('value')).toEqual([2, 2]);
  });

  it('fails with what is wrong', async () => {
    const knex = await databases.init('POSTGRES_15');
    let runs = 0;
    await expect(
      transact(knex, async tx => {
        runs += 1;
        await tx.raw('select * from nowhere');
      }),
    ).rejects.toThrow('nowhere');
    expect(runs).toBe(1);
  });
});
