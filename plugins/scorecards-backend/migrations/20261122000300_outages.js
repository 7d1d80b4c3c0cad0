// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('outages', table => {
    table.comment(
      'When collectors could not look, as intervals of system time: facts in their reach were unknown',
    );
    table.increments('id');
    table.integer('source_id').notNullable();
    table.integer('entity_id').comment('Null: all of the source');
    table.text('error').notNullable();
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table.bigInteger('valid_to').comment('Exclusive; null while it lasts');
    table.index(['entity_id', 'valid_from'], 'outages_entity_idx');
    table.index(['source_id', 'valid_from'], 'outages_source_idx');
  });
  // What the writer must never do, the database does not let it do. Two indexes, because nulls never equal each other.
  await knex.raw(
    'create unique index outages_current on outages (source_id, entity_id) where valid_to is null and entity_id is not null',
  );
  await knex.raw(
    'create unique index outages_current_whole on outages (source_id) where valid_to is null and entity_id is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('outages');
};
