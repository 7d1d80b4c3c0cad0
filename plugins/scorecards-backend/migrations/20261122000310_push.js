// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('idempotency_keys', table => {
    table.comment(
      'Requests that had their effect, by the key that their senders gave them, and what was answered',
    );
    table.string('writer').notNullable();
    table.string('operation').notNullable();
    table.string('key').notNullable();
    table.string('body_hash').notNullable().comment('SHA-256 of the body');
    table
      .text('answer')
      .comment('JSON; null only inside the transaction that has the effect');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.primary(['writer', 'operation', 'key']);
    table.index(['expires_at'], 'idempotency_keys_expires_idx');
  });

  await knex.schema.createTable('delivery_events', table => {
    table.comment(
      'What happened on the way of changes to production, as it was reported',
    );
    table
      .bigInteger('sequence')
      .primary()
      .comment('Without gap, in the order of the transactions');
    table.integer('entity_id').notNullable();
    table
      .string('event_id')
      .notNullable()
      .comment('Given by the sender; one of each for an entity');
    table.string('type').notNullable();
    table
      .bigInteger('occurred_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.bigInteger('received_at').notNullable();
    table.string('writer').notNullable().comment('Who said so');
    table.text('event').notNullable().comment('Canonical JSON');
    table.unique(['entity_id', 'event_id']);
    table.index(
      ['entity_id', 'type', 'occurred_at'],
      'delivery_events_entity_idx',
    );
    table.index(['received_at'], 'delivery_events_received_idx');
  });

  await knex.schema.createTable('delivery_head', table => {
    table.comment('One row: the lock of the writers and the last sequence');
    table.integer('id').primary();
    table.bigInteger('sequence').notNullable();
  });
  await knex('delivery_head').insert({ id: 1, sequence: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'delivery_head',
    'delivery_events',
    'idempotency_keys',
  ]) {
    await knex.schema.dropTable(table);
  }
};
