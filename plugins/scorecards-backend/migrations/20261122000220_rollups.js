// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollups', table => {
    table.comment(
      'Counts over the results of many entities, folded from the feed of results, as intervals of places in that feed',
    );
    table.bigIncrements('id');
    table.integer('layout_id').notNullable();
    table.string('dimension').notNullable();
    table.string('key').notNullable();
    table.text('counts').notNullable().comment('Numbers with commas between');
    table
      .bigInteger('from_seq')
      .notNullable()
      .comment('Of results; what it counts may move until a window ends after');
    table
      .bigInteger('to_seq')
      .comment('Exclusive; null for what counts everything folded');
    table.index(
      ['layout_id', 'dimension', 'key', 'from_seq'],
      'rollups_key_idx',
    );
  });
  await knex.raw(
    'create unique index rollups_living on rollups (layout_id, dimension, key) where to_seq is null',
  );
  if (knex.client.config.client === 'pg') {
    // Counts move in place until their window ends: with room left in its page, a row does so without touching an index.
    await knex.raw('alter table rollups set (fillfactor = 70)');
  }

  await knex.schema.createTable('rollup_windows', table => {
    table.comment(
      'Places in the feed of results at which all counts are kept: what was between is counted anew from the results',
    );
    table.bigInteger('seq').primary();
    table
      .bigInteger('at')
      .notNullable()
      .comment('Milliseconds since 1970, of that result');
    table.index(['at', 'seq'], 'rollup_windows_at_idx');
  });
  await knex('rollup_windows').insert({ seq: 0, at: 0 });

  await knex.schema.createTable('rollup_head', table => {
    table.comment(
      'One row: the lock of who folds, how far the feed of results has been folded, and where the last window ended',
    );
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.bigInteger('window').notNullable();
  });
  await knex('rollup_head').insert({ id: 1, seq: 0, window: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollup_head');
  await knex.schema.dropTable('rollup_windows');
  await knex.schema.dropTable('rollups');
};
