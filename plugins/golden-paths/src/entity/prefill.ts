import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { getEntityRelations } from '@backstage/plugin-catalog-react';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';

/** The answers that the page of a group or system already gives, by the name of the question. */
export function answersFrom(entity: Entity): Record<string, string> {
  const ref = stringifyEntityRef(entity);
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case 'group':
      return { owner: ref };
    case 'system': {
      const [owner] = getEntityRelations(entity, 'ownedBy', { kind: 'group' });
      return {
        system: ref,
        ...(owner && { owner: stringifyEntityRef(owner) }),
      };
    }
    default:
      return {};
  }
}

/** What a template asks, by name. */
function questionsOf({ spec }: TemplateEntityV1beta3): Set<string> {
  return new Set(
    [spec.parameters ?? []]
      .flat()
      .flatMap(({ properties }) => Object.keys(properties ?? {})),
  );
}

/**
 * The answers that a template has a question for; `undefined` when it does not ask for the entity itself, so that the page
 * has nothing to do with it.
 */
export function prefill(
  template: TemplateEntityV1beta3,
  entity: Entity,
): Record<string, string> | undefined {
  const questions = questionsOf(template);
  const answers = answersFrom(entity);
  return questions.has(Object.keys(answers)[0])
    ? Object.fromEntries(
        Object.entries(answers).filter(([key]) => questions.has(key)),
      )
    : undefined;
}
