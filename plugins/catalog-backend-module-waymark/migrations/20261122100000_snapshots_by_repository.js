// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(
    'create index waymark_snapshots_living_source on waymark_entity_snapshots (source_repository, source_owner, source_host) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index waymark_snapshots_living_source');
};
