import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { nameOf } from '../notices';
import { Exemption } from './core/Exemption';
import { NoticeNames, subjectsNamed } from './notices';

/** What notices of an exemption call it, as the catalog has it now; what is gone by its id. */
export async function noticeNames(
  knex: Knex,
  before: Exemption | undefined,
  after: Exemption,
): Promise<NoticeNames> {
  const scorecard = await DefinitionStore.of(knex).byName(
    'Scorecard',
    after.scorecard,
  );
  const check = scorecard?.spec.checks.find(({ id }) => id === after.check);
  const named = new Set(subjectsNamed(before, after));
  const entities = await EntityStore.of(knex).byIds(
    after.subjects.flatMap(({ ref, entityId }) =>
      named.has(ref) ? [entityId] : [],
    ),
  );
  return {
    scorecard: scorecard?.title ?? after.scorecard,
    check: check?.title ?? after.check,
    subjects: new Map(
      entities.map(({ ref, entity }) => [
        ref,
        nameOf(ref, (entity as unknown as Entity).metadata.title),
      ]),
    ),
  };
}
