// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollups', table => {
    table.comment(
      'Counts over the results of many entities, folded from the feed of results, as intervals of system time',
    );
    table.bigIncrements('id');
    table.integer('layout_id').notNullable();
    table.string('dimension').notNullable();
    table.string('key').notNullable();
    table.text('counts').notNullable().comment('JSON');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(
      ['layout_id', 'dimension', 'key', 'valid_from'],
      'rollups_key_idx',
    );
  });
  await knex.raw(
    'create unique index rollups_living on rollups (layout_id, dimension, key) where valid_to is null',
  );
  if (knex.client.config.client === 'pg') {
    // Counts of the same few seconds move in place: with room left in its page, a row does so without touching an index.
    await knex.raw('alter table rollups set (fillfactor = 50)');
  }

  await knex.schema.createTable('rollup_head', table => {
    table.comment('One row: how far the feed of results has been folded');
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
  });
  await knex('rollup_head').insert({ id: 1, seq: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollup_head');
  await knex.schema.dropTable('rollups');
};
