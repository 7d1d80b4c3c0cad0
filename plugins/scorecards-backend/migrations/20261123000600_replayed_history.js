// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('replayed_history', table => {
    table.comment(
      'The interval of system time, if any, that was replayed for a demonstration and not lived through',
    );
    table.integer('id').primary().comment('Always 1');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table.bigInteger('valid_to').notNullable().comment('Exclusive');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('replayed_history');
};
