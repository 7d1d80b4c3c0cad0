// @ts-check

/** @param {import('knex').Knex.CreateTableBuilder} table */
function provenance(table) {
  table
    .bigInteger('observed_at')
    .notNullable()
    .comment('Milliseconds since 1970');
  table.string('collector').notNullable().comment('Who said so');
  table.text('url').comment('Where it can be seen');
  table.string('commit').comment('Of the repository that was looked at');
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('fact_sources', table => {
    table.comment('Short numbers for the ids of fact sources');
    table.increments('id');
    table.string('name').notNullable().unique();
  });

  await knex.schema.createTable('facts', table => {
    table.comment(
      'What was said of each entity by each source, as intervals of system time',
    );
    table
      .bigInteger('version')
      .primary()
      .comment('Number of the write that began the interval');
    table.integer('entity_id').notNullable();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('fact_sources');
    table.text('payload').notNullable().comment('Canonical JSON');
    provenance(table);
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(['entity_id', 'source_id', 'valid_from'], 'facts_entity_idx');
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index facts_current on facts (entity_id, source_id) where valid_to is null',
  );

  await knex.schema.createTable('late_facts', table => {
    table.comment(
      'Observations older than what was known already: kept, but no result looks at them',
    );
    table.increments('id');
    table.integer('entity_id').notNullable();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('fact_sources');
    table.text('payload').notNullable();
    provenance(table);
    table.bigInteger('received_at').notNullable();
    table.index(
      ['entity_id', 'source_id', 'observed_at'],
      'late_facts_entity_idx',
    );
  });

  await knex.schema.createTable('fact_head', table => {
    table.comment(
      'One row: the lock of the writers, the last version and its time',
    );
    table.integer('id').primary();
    table.bigInteger('version').notNullable();
    table.bigInteger('recorded_at').notNullable();
  });
  await knex('fact_head').insert({ id: 1, version: 0, recorded_at: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['fact_head', 'late_facts', 'facts', 'fact_sources']) {
    await knex.schema.dropTable(table);
  }
};
