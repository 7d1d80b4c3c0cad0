// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('exemptions', table => {
    table.comment(
      'Requests not to count a check for a while, and what became of them',
    );
    table.increments('number').comment('In the order of the requests');
    table.string('id').notNullable().unique();
    table
      .integer('version')
      .notNullable()
      .comment('Grows with each step: whoever read an earlier one writes none');
    table.string('scorecard').notNullable();
    table.string('check_id').notNullable();
    table.string('state').notNullable();
    table
      .bigInteger('next_at')
      .comment('When the portal has something to do with it by itself');
    table.text('document').notNullable().comment('JSON, all but the subjects');
    table.index(['scorecard', 'check_id'], 'exemptions_check_idx');
    table.index(['next_at'], 'exemptions_next_idx');
  });

  await knex.schema.createTable('exemption_records', table => {
    table.comment('One for each entity, system or domain of a request');
    table
      .integer('exemption')
      .notNullable()
      .references('number')
      .inTable('exemptions');
    table.integer('position').notNullable();
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entities')
      .comment('Of the system or domain too, which are entities');
    table.string('subject').notNullable().comment('Its ref at the request');
    table.string('state').notNullable();
    table.bigInteger('ended_at').comment('Milliseconds since 1970');
    table
      .bigInteger('look_at')
      .comment('When the check may have passed for long enough');
    table.primary(['exemption', 'position']);
    table.index(['entity_id'], 'exemption_records_entity_idx');
  });

  await knex.schema.createTable('exemption_approvers', table => {
    table.comment('Groups whose approval is still needed');
    table
      .integer('exemption')
      .notNullable()
      .references('number')
      .inTable('exemptions');
    table.string('group_ref').notNullable();
    table.primary(['exemption', 'group_ref']);
    table.index(['group_ref'], 'exemption_approvers_group_idx');
  });

  await knex.schema.createTable('exemption_grants', table => {
    table.comment(
      'What is exempted, as intervals of system time; another expiry is another interval',
    );
    table.bigIncrements('id');
    table
      .integer('exemption')
      .notNullable()
      .references('number')
      .inTable('exemptions');
    table.integer('position').notNullable().comment('Of the record');
    table.string('scorecard').notNullable();
    table.string('check_id').notNullable();
    table.integer('entity_id').references('id').inTable('entities');
    table.string('system').comment('All of what it has at any time');
    table.string('domain').comment('All of what it has at any time');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('First instant at which the check counts again');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(['entity_id'], 'exemption_grants_entity_idx');
    table.index(['system'], 'exemption_grants_system_idx');
    table.index(['domain'], 'exemption_grants_domain_idx');
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index exemption_grants_living on exemption_grants (exemption, position) where valid_to is null',
  );

  await knex.schema.createTable('exemption_notices', table => {
    table.comment('Outbox: who is to be told of steps of exemptions');
    table.increments('number');
    table.string('id').notNullable().unique();
    table.text('recipients').notNullable().comment('JSON, refs');
    table.text('payload').notNullable().comment('JSON');
    table.bigInteger('at').notNullable().comment('Of the step');
    table
      .bigInteger('next_try_at')
      .comment('Nobody else sends it before; null once it is sent');
    table.integer('tries').notNullable().defaultTo(0);
    table.index(['next_try_at'], 'exemption_notices_next_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'exemption_notices',
    'exemption_grants',
    'exemption_approvers',
    'exemption_records',
    'exemptions',
  ]) {
    await knex.schema.dropTable(table);
  }
};
