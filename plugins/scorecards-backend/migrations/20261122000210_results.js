// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('result_scorecards', table => {
    table.comment('Short numbers for the names of scorecards');
    table.increments('id');
    table.string('name').notNullable().unique();
  });

  await knex.schema.createTable('result_layouts', table => {
    table.comment(
      'What the positions of packed results and levels stand for; versions of a scorecard share one while it stays',
    );
    table.increments('id');
    table.integer('scorecard_id').notNullable();
    table.text('levels').notNullable().comment('JSON, ids from the lowest on');
    table.text('checks').notNullable().comment('JSON, ids in order');
    table.string('hash').notNullable();
    table.unique(['scorecard_id', 'hash']);
  });

  await knex.schema.createTable('results', table => {
    table.comment(
      'What every scorecard said of each entity, as intervals of system time; in the order of seq it is the feed of changes',
    );
    table
      .bigInteger('seq')
      .primary()
      .comment('Without gap, in the order of the transactions');
    table.integer('entity_id').notNullable();
    table.integer('scorecard_id').notNullable();
    table
      .integer('definition_id')
      .notNullable()
      .comment('In force when the interval began');
    table.integer('layout_id').notNullable();
    table.integer('placement_id').notNullable();
    table
      .text('results')
      .comment('Packed; null when the scorecard ceased to apply');
    table.integer('level');
    table.integer('points').comment('Ten-thousandths');
    table.integer('confidence').comment('Ten-thousandths');
    table.string('cause').notNullable();
    table.text('detail');
    table
      .text('holds')
      .comment('JSON: what was known last, where the results do not say it');
    table.bigInteger('previous').comment('seq of the interval that this ended');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(
      ['scorecard_id', 'entity_id', 'valid_from'],
      'results_scorecard_idx',
    );
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index results_living on results (entity_id, scorecard_id) where valid_to is null',
  );

  await knex.schema.createTable('result_head', table => {
    table.comment(
      'One row: the lock of the writers, the last seq and its time, the engine that evaluated everything',
    );
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.bigInteger('recorded_at').notNullable();
    table.integer('engine');
  });
  await knex('result_head').insert({ id: 1, seq: 0, recorded_at: 0 });

  await knex.schema.createTable('due', table => {
    table.comment(
      'When the results of an entity may change without anything new being said',
    );
    table.integer('entity_id').primary();
    table.bigInteger('at').notNullable().comment('Milliseconds since 1970');
    table.string('cause').notNullable();
    table.index(['at'], 'due_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'due',
    'result_head',
    'results',
    'result_layouts',
    'result_scorecards',
  ]) {
    await knex.schema.dropTable(table);
  }
};
