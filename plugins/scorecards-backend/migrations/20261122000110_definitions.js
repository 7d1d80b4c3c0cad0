// @ts-check

/** @param {import('knex').Knex.CreateTableBuilder} table */
function identity(table) {
  table.string('kind').notNullable().comment('Scorecard or FactSource');
  table.string('name').notNullable();
  table.string('title').notNullable();
  table.text('description');
  table.string('hash').notNullable().comment('Of title, description and spec');
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('definitions', table => {
    table.comment(
      'Scorecards and fact sources that were adopted, as intervals of system time',
    );
    table.increments('id');
    table.string('ref').notNullable().comment('Of the entity of the catalog');
    identity(table);
    table.text('spec').notNullable().comment('Canonical JSON, with defaults');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the version is in force');
    table
      .bigInteger('gone_since')
      .comment('When the catalog was seen to have it no more');
    table.index(['kind', 'name', 'valid_from'], 'definitions_name_idx');
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index definitions_living on definitions (kind, name) where valid_to is null',
  );

  await knex.schema.createTable('definition_refusals', table => {
    table.comment(
      'Definitions of the catalog that cannot be adopted as they are now',
    );
    table.string('ref').primary().comment('Of the entity of the catalog');
    identity(table);
    table.text('location').comment('Of the file');
    table.text('problems').notNullable().comment('JSON, path and reason each');
    table.bigInteger('refused_at').notNullable();
  });

  await knex.schema.createTable('definition_head', table => {
    table.comment('One row: the lock of the writer');
    table.integer('id').primary();
    table.integer('generation').notNullable().comment('Of every write');
    table
      .integer('version')
      .notNullable()
      .comment('Of every change of what is in force');
    table.bigInteger('recorded_at').notNullable();
  });
  await knex('definition_head').insert({
    id: 1,
    generation: 0,
    version: 0,
    recorded_at: 0,
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'definition_head',
    'definition_refusals',
    'definitions',
  ]) {
    await knex.schema.dropTable(table);
  }
};
