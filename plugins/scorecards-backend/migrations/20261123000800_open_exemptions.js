// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('open_exemptions', table => {
    table.comment(
      'What is asked for or in force: of each check, a subject has one at most, however many ask at once',
    );
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entities')
      .comment('Of the system or domain too, which are entities');
    table.string('scorecard').notNullable();
    table.string('check_id').notNullable();
    table
      .integer('exemption')
      .notNullable()
      .references('number')
      .inTable('exemptions');
    table.primary(['entity_id', 'scorecard', 'check_id']);
    table.index(['exemption'], 'open_exemptions_exemption_idx');
  });
  // Of several that were asked for at the same moment, the first one stands for all.
  await knex.raw(
    `insert into open_exemptions (entity_id, scorecard, check_id, exemption)
     select record.entity_id, exemption.scorecard, exemption.check_id, min(exemption.number)
       from exemption_records record
       join exemptions exemption on exemption.number = record.exemption
      where record.state in ('requested', 'approved')
      group by record.entity_id, exemption.scorecard, exemption.check_id`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('open_exemptions');
};
