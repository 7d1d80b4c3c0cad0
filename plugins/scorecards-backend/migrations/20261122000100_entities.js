// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment(
      'Short numbers for the entities of the catalog; facts and results hang on them',
    );
    table.increments('id');
    table.string('ref').notNullable();
    table.string('uid').notNullable().comment('Id in the catalog');
    table
      .bigInteger('deleted_at')
      .comment('Milliseconds since 1970; null while the catalog has it');
    table.index(['ref'], 'entities_ref_idx');
    table.index(['uid'], 'entities_uid_idx');
  });
  // What the writer must never do, the database does not let it do.
  await knex.raw(
    'create unique index entities_living_ref on entities (ref) where deleted_at is null',
  );

  await knex.schema.createTable('placements', table => {
    table.comment(
      'Where entities stand: whose roll-ups their results are in. Written once, never changed',
    );
    table.increments('id');
    table.string('hash').notNullable().unique().comment('Of its keys');
  });

  await knex.schema.createTable('placement_keys', table => {
    table.comment('Every roll-up that the results of a placement are in');
    table
      .integer('placement_id')
      .notNullable()
      .references('id')
      .inTable('placements');
    table
      .string('dimension')
      .notNullable()
      .comment('all, owner, system, domain or type');
    table.string('key').notNullable().comment('Empty for all');
    table.primary(['placement_id', 'dimension', 'key']);
    table.index(['dimension', 'key'], 'placement_keys_key_idx');
  });

  await knex.schema.createTable('entity_intervals', table => {
    table.comment(
      'What the catalog said of each entity, as intervals of the system time of this database',
    );
    table.bigIncrements('id');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entities');
    table
      .bigInteger('snapshot_sequence')
      .notNullable()
      .comment('Of the snapshot of the catalog');
    table.string('kind').notNullable();
    table.string('type');
    table.string('lifecycle');
    table.string('owner');
    table
      .text('owner_path')
      .notNullable()
      .comment('JSON, refs from the owner to the root');
    table.string('system');
    table.string('domain');
    table
      .integer('placement_id')
      .notNullable()
      .references('id')
      .inTable('placements');
    table.text('source').comment('JSON, the source repository');
    table.text('entity').notNullable().comment('Canonical JSON');
    table
      .bigInteger('valid_from')
      .notNullable()
      .comment('Milliseconds since 1970, inclusive');
    table
      .bigInteger('valid_to')
      .comment('Exclusive; null while the interval lasts');
    table.index(['entity_id', 'valid_from'], 'entity_intervals_entity_idx');
    table.index(['kind', 'entity_id'], 'entity_intervals_kind_idx');
    table.index(['system'], 'entity_intervals_system_idx');
  });
  await knex.raw(
    'create unique index entity_intervals_living on entity_intervals (entity_id) where valid_to is null',
  );

  await knex.schema.createTable('entity_owners', table => {
    table.comment(
      'The owner path of the living interval, one row per group, to find entities by any group above them',
    );
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entities');
    table.integer('depth').notNullable();
    table.string('group_ref').notNullable();
    table.primary(['entity_id', 'depth']);
    table.index(['group_ref', 'entity_id'], 'entity_owners_group_idx');
  });

  await knex.schema.createTable('entity_head', table => {
    table.comment(
      'One row: the lock of the writer, and how far it has read the change feed of the catalog',
    );
    table.integer('id').primary();
    table.bigInteger('cursor').notNullable();
    table
      .integer('compare_after')
      .comment(
        'Entities after this number are still to be compared with a catalog that began anew; null when none are',
      );
    table
      .bigInteger('recorded_at')
      .notNullable()
      .comment('Milliseconds since 1970, of the last interval');
  });
  await knex('entity_head').insert({ id: 1, cursor: 0, recorded_at: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'entity_head',
    'entity_owners',
    'entity_intervals',
    'placement_keys',
    'placements',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
