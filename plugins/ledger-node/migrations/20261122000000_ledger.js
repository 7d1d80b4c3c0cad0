// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('ledger_queue', table => {
    table.comment('Written with the change of state, not in the log yet');
    table.bigIncrements('id');
    table.string('type').notNullable();
    table.text('record').notNullable().comment('Canonical JSON');
    table.binary('salt').notNullable();
    table
      .bigInteger('at')
      .notNullable()
      .comment('Milliseconds since 1970, of the change of state');
  });

  await knex.schema.createTable('ledger_entries', table => {
    table.comment('The log: a leaf each, and beside it what it commits to');
    table.bigInteger('position').primary().comment('From 0, without a gap');
    table
      .text('leaf')
      .notNullable()
      .comment('Canonical JSON, what the leaf is the hash of');
    table.string('type').notNullable();
    table.text('record').comment('Canonical JSON; null once it was erased');
    table.binary('salt').comment('Null once it was erased');
    table.bigInteger('at').notNullable();
    table.index(['type', 'position'], 'ledger_entries_type_idx');
  });

  await knex.schema.createTable('ledger_nodes', table => {
    table.comment('The Merkle tree: its complete subtrees');
    table.integer('level').notNullable();
    table.bigInteger('position').notNullable();
    table.binary('hash').notNullable();
    table.primary(['level', 'position']);
  });

  await knex.schema.createTable('ledger_size', table => {
    table.comment(
      'One row: the lock of the sequencer, and how long the log is',
    );
    table.integer('id').primary();
    table.bigInteger('size').notNullable();
  });
  await knex('ledger_size').insert({ id: 1, size: 0 });

  await knex.schema.createTable('ledger_heads', table => {
    table.comment('Checkpoints that were signed and published');
    table.bigInteger('size').primary();
    table.text('note').notNullable().comment('Signed note');
    table.bigInteger('published_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['heads', 'size', 'nodes', 'entries', 'queue']) {
    await knex.schema.dropTable(`ledger_${table}`);
  }
};
