// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('dirty', table => {
    table.comment('Entities to evaluate anew, and who does so at the moment');
    table.integer('entity_id').primary();
    table
      .integer('generation')
      .notNullable()
      .comment('Grows with every mark, so that no older evaluation counts');
    table
      .integer('priority')
      .notNullable()
      .comment('0 for what somebody waits for, 1 for what concerns many');
    table.string('cause').notNullable();
    table.text('detail').comment('What exactly, such as the fact source');
    table
      .bigInteger('marked_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.string('lease_token').comment('Who evaluates; null when nobody does');
    table
      .bigInteger('lease_until')
      .comment('Without a token: when to try once more after a failure');
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('Evaluations since the last mark that failed');
    table.index(['priority', 'marked_at', 'entity_id'], 'dirty_order_idx');
  });
  if (knex.client.config.client === 'pg') {
    // A lease changes no index: with room left in its page, a row takes it without touching one.
    await knex.raw('alter table dirty set (fillfactor = 50)');
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('dirty');
};
