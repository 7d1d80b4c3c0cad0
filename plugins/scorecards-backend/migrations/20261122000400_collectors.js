// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('collectors', table => {
    table.comment('How far each collector of facts has followed the entities');
    table.string('collector').primary();
    table
      .text('definitions')
      .notNullable()
      .comment('Versions of its fact sources that its entities were found by');
    table
      .bigInteger('cursor')
      .notNullable()
      .comment('The last entity interval that was looked at');
    table
      .text('seen')
      .notNullable()
      .comment('State of the entities when it had followed them to their end');
    table
      .bigInteger('followed_at')
      .notNullable()
      .comment('Milliseconds since 1970: later ends of intervals are new');
    table
      .integer('refusals')
      .notNullable()
      .comment('How often in a row it was refused as a whole');
    table
      .bigInteger('paused_until')
      .comment('Milliseconds since 1970: not asked again before');
  });

  await knex.schema.createTable('collector_partitions', table => {
    table.comment('What a collector asks together, such as one repository');
    table.increments('id');
    table.string('collector').notNullable();
    table.string('key').notNullable();
    table
      .string('host')
      .comment('Null where nothing is asked over the network');
    table
      .string('account')
      .notNullable()
      .comment('Whose credentials are used; the host where it has only one');
    table
      .boolean('refused')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the last answer was that nobody knows us');
    table.text('state').comment('JSON, what the collector remembers of it');
    table
      .integer('priority')
      .notNullable()
      .comment('0 asked for, 1 an entity has changed, 2 by schedule');
    table
      .bigInteger('due_at')
      .comment('Milliseconds since 1970; null: not until asked for');
    table
      .integer('requests')
      .notNullable()
      .comment('Grows with each request, so that none is lost during a run');
    table.string('lease_token');
    table.bigInteger('lease_until').comment('Milliseconds since 1970');
    table.bigInteger('started_at').comment('Of the last run');
    table.integer('duration').comment('Of the last run, in milliseconds');
    table.text('error').comment('Of the last run; null when it went well');
    table.unique(['collector', 'key'], {
      indexName: 'collector_partitions_key',
    });
    table.index(
      ['collector', 'priority', 'due_at'],
      'collector_partitions_due_idx',
    );
  });

  await knex.schema.createTable('collector_targets', table => {
    table.comment('The entities of each partition');
    table.string('collector').notNullable();
    table.integer('entity_id').notNullable();
    table.integer('partition_id').notNullable();
    table.bigInteger('due_at').comment('Null: not until asked for');
    table
      .integer('request')
      .notNullable()
      .comment('The last request of the partition that was about it');
    table
      .integer('failures')
      .notNullable()
      .comment('Runs in a row without its facts');
    table.primary(['collector', 'entity_id']);
    table.index(['partition_id'], 'collector_targets_partition_idx');
  });

  await knex.schema.createTable('collector_dependencies', table => {
    table.comment(
      'The other entities that the facts of an entity were made of: when one of them changes, they are collected anew',
    );
    table.string('collector').notNullable();
    table.integer('entity_id').notNullable();
    table.string('ref').notNullable();
    table.primary(['collector', 'entity_id', 'ref']);
    table.index(['collector', 'ref'], 'collector_dependencies_ref_idx');
  });

  // Who follows the entities looks for what has ended since it looked last.
  await knex.raw(
    'create index entity_intervals_ended on entity_intervals (valid_to) where valid_to is not null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index entity_intervals_ended');
  for (const table of [
    'collector_dependencies',
    'collector_targets',
    'collector_partitions',
    'collectors',
  ]) {
    await knex.schema.dropTable(table);
  }
};
