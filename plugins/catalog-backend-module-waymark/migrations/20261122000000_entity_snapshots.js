// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('waymark_entity_snapshots', table => {
    table.comment(
      'What the catalog said of each entity, as intervals of system time',
    );
    table
      .bigInteger('sequence')
      .primary()
      .comment('Sequence of the change that began the interval');
    table.string('uid').notNullable();
    table.string('ref').notNullable();
    table.string('kind').notNullable();
    table.string('type');
    table.string('lifecycle');
    table.string('owner_ref');
    table.string('system_ref');
    table.string('domain_ref');
    table
      .text('parents')
      .comment('JSON, refs of the groups directly above; groups only');
    table
      .text('owner_path')
      .notNullable()
      .comment('JSON, refs from the owner to the root');
    table.string('source_host');
    table.string('source_owner');
    table.string('source_repository');
    table.text('source_path').comment('Branch and path of the file');
    table
      .string('source_repository_id')
      .comment('Id that survives a rename of the repository, once it is known');
    table.boolean('inherits').notNullable();
    table.text('entity').notNullable().comment('JSON');
    table.string('hash', 64).notNullable();
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(['ref', 'valid_from'], 'waymark_snapshots_ref_idx');
    table.index(['uid', 'valid_from'], 'waymark_snapshots_uid_idx');
    table.index(['system_ref'], 'waymark_snapshots_system_idx');
    table.index(['kind', 'ref'], 'waymark_snapshots_kind_idx');
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index waymark_snapshots_living_uid on waymark_entity_snapshots (uid) where valid_to is null',
  );
  await knex.raw(
    'create unique index waymark_snapshots_living_ref on waymark_entity_snapshots (ref) where valid_to is null',
  );

  await knex.schema.createTable('waymark_entity_snapshot_owners', table => {
    table.comment(
      'The owner path, one row per group, to find entities by any group above them',
    );
    table
      .bigInteger('sequence')
      .notNullable()
      .references('sequence')
      .inTable('waymark_entity_snapshots')
      .onDelete('CASCADE');
    table.integer('depth').notNullable();
    table.string('group_ref').notNullable();
    table.primary(['sequence', 'depth']);
    table.index(['group_ref', 'sequence'], 'waymark_snapshot_owners_group_idx');
  });

  await knex.schema.createTable('waymark_entity_snapshot_changes', table => {
    table.comment('Change feed: gap-free, in the order of commit');
    table.bigInteger('sequence').primary();
    table.string('type').notNullable().comment('created, updated or deleted');
    table.string('uid').notNullable();
    table.string('ref').notNullable();
    table.bigInteger('at').notNullable();
  });

  await knex.schema.createTable('waymark_entity_snapshot_head', table => {
    table.comment(
      'One row: the lock of the writer, the last sequence and its time',
    );
    table.integer('id').primary();
    table.bigInteger('sequence').notNullable();
    table.bigInteger('recorded_at').notNullable();
  });
  await knex('waymark_entity_snapshot_head').insert({
    id: 1,
    sequence: 0,
    recorded_at: 0,
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('waymark_entity_snapshot_head');
  await knex.schema.dropTable('waymark_entity_snapshot_changes');
  await knex.schema.dropTable('waymark_entity_snapshot_owners');
  await knex.schema.dropTable('waymark_entity_snapshots');
};
