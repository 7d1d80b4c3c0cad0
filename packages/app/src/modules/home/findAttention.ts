import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import {
  ANNOTATION_ON_CALL,
  ANNOTATION_PROJECT_SLUG_MISMATCH,
  ANNOTATION_RUNBOOK,
  ANNOTATION_SLO,
} from '@waymark/waymark-common';

/** Something to mend in an entity. */
export interface Concern {
  severity: 'error' | 'gap';
  text: string;
  /** What to do. */
  fix: string;
}

/** An entity with what is to mend in it, the worst first. */
export interface Attention {
  entity: Entity;
  concerns: Concern[];
}

/**
 * What needs attention, as far as the catalog knows: errors of processing,
 * a borrowed repository, and what production services lack for an incident.
 *
 * @param entities - the entities a person owns
 * @param groups - the groups that own them and the groups above those, by reference
 * @returns entities with concerns; errors first, then by the number of concerns
 */
export function findAttention(
  entities: readonly Entity[],
  groups: ReadonlyMap<string, Entity>,
): Attention[] {
  const errors = (attention: Attention) =>
    attention.concerns.filter(concern => concern.severity === 'error').length;
  return entities
    .map(entity => ({ entity, concerns: concernsOf(entity, groups) }))
    .filter(attention => attention.concerns.length > 0)
    .sort(
      (a, b) =>
        errors(b) - errors(a) ||
        b.concerns.length - a.concerns.length ||
        a.entity.metadata.name.localeCompare(b.entity.metadata.name),
    );
}

function concernsOf(
  entity: Entity,
  groups: ReadonlyMap<string, Entity>,
): Concern[] {
  const annotations = entity.metadata.annotations ?? {};
  const concerns: Concern[] = processingErrors(entity).map(text => ({
    severity: 'error',
    text,
    fix: 'Correct its catalog-info.yaml; the page of the entity has the details.',
  }));
  const mismatch = annotations[ANNOTATION_PROJECT_SLUG_MISMATCH];
  if (mismatch) {
    concerns.push({
      severity: 'error',
      text: mismatch,
      fix: 'Name its own repository in github.com/project-slug.',
    });
  }
  if (isOperated(entity)) {
    if (
      !annotations[ANNOTATION_ON_CALL] &&
      !isCoveredByOwners(entity, groups)
    ) {
      concerns.push(gap('no on-call', ANNOTATION_ON_CALL));
    }
    if (!annotations[ANNOTATION_RUNBOOK]) {
      concerns.push(gap('no runbook', ANNOTATION_RUNBOOK));
    }
    if (!annotations[ANNOTATION_SLO]) {
      concerns.push(gap('no objectives', ANNOTATION_SLO));
    }
  }
  return concerns;
}

function gap(text: string, annotation: string): Concern {
  return {
    severity: 'gap',
    text,
    fix: `${text[0].toLocaleUpperCase('en-US')}${text.slice(
      1,
    )}? Add ${annotation} to catalog-info.yaml.`,
  };
}

function processingErrors(entity: Entity): string[] {
  const { status } = entity as {
    status?: { items?: { level?: string; message?: string }[] };
  };
  return (status?.items ?? [])
    .filter(item => item.level === 'error')
    .map(item => item.message ?? 'The catalog could not read it.');
}

/** Production components that run; libraries have no incident of their own. */
function isOperated(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    entity.spec?.lifecycle === 'production' &&
    entity.spec?.type !== 'library' &&
    entity.spec?.type !== 'documentation'
  );
}

function isCoveredByOwners(
  entity: Entity,
  groups: ReadonlyMap<string, Entity>,
): boolean {
  const seen = new Set<string>();
  let ref = targetOf(entity, RELATION_OWNED_BY);
  while (ref && !seen.has(ref)) {
    seen.add(ref);
    const group = groups.get(ref);
    if (group?.metadata.annotations?.[ANNOTATION_ON_CALL]) {
      return true;
    }
    ref = group && targetOf(group, RELATION_CHILD_OF);
  }
  return false;
}

/** The first target of a relation of an entity. */
export function targetOf(entity: Entity, type: string): string | undefined {
  return entity.relations?.find(relation => relation.type === type)?.targetRef;
}
