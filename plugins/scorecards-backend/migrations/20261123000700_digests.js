// @ts-check

/**
 * The outbox has another name, since exemptions are not alone in it any more. A renamed table would keep the old name in
 * its indices.
 *
 * @param {import('knex').Knex} knex
 * @param {{ from: string, to: string, comment: string }} names
 */
async function moveOutbox(knex, { from, to, comment }) {
  await knex.schema.createTable(to, table => {
    table.comment(comment);
    table.increments('number');
    table.string('id').notNullable().unique();
    table.text('recipients').notNullable().comment('JSON, refs');
    table.text('payload').notNullable().comment('JSON');
    table.bigInteger('at').notNullable().comment('Of the step');
    table
      .bigInteger('next_try_at')
      .comment('Nobody else sends it before; null once it is sent');
    table.integer('tries').notNullable().defaultTo(0);
    table.index(['next_try_at'], `${to}_next_idx`);
  });
  const columns = 'id, recipients, payload, at, next_try_at, tries';
  await knex.raw(
    `insert into ${to} (${columns}) select ${columns} from ${from} order by number`,
  );
  await knex.schema.dropTable(from);
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await moveOutbox(knex, {
    from: 'exemption_notices',
    to: 'notices',
    comment: 'Outbox: who is to be told what',
  });

  await knex.schema.createTable('digests', table => {
    table.comment('How far the digest of each week has come');
    table
      .bigInteger('due_at')
      .primary()
      .comment('Milliseconds since 1970; the end of what it tells of');
    table
      .bigInteger('since')
      .notNullable()
      .comment('The beginning of what it tells of');
    table
      .string('after_owner')
      .notNullable()
      .comment('Owners up to this ref have theirs; empty for none');
    table.bigInteger('finished_at').comment('Once all of them have theirs');
  });

  await knex.schema.alterTable('entity_intervals', table => {
    table.index(['owner', 'entity_id'], 'entity_intervals_owner_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_intervals', table => {
    table.dropIndex(['owner', 'entity_id'], 'entity_intervals_owner_idx');
  });
  await knex.schema.dropTable('digests');
  await moveOutbox(knex, {
    from: 'notices',
    to: 'exemption_notices',
    comment: 'Outbox: who is to be told of steps of exemptions',
  });
};
