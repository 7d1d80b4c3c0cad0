import {
  ANNOTATION_LOCATION,
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { DEFINITION_API_VERSION, didYouMean } from '@waymark/waymark-common';
import { definitionKinds } from './definitionKinds';

const API_GROUP = DEFINITION_API_VERSION.split('/')[0];

/**
 * Validates Scorecards, FactSources, RiskModels and Initiatives and relates them to their owners. A wrong definition is
 * an error of its entity, whose last good version stays.
 */
export class WaymarkKindsProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'WaymarkKindsProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (entity.apiVersion.split('/')[0] !== API_GROUP) {
      return false;
    }
    const file =
      entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? 'an unknown file';
    const kind = definitionKinds.get(entity.kind);
    if (!kind) {
      throw new InputError(
        `${file}: kind: "${entity.kind}" is not a kind of ${API_GROUP} (${[
          ...definitionKinds.keys(),
        ].join(', ')})${didYouMean(entity.kind, definitionKinds.keys())}`,
      );
    }
    const result = kind.parse(entity);
    if (!result.ok) {
      const problems = result.problems
        .map(({ path, reason }) => (path ? `${path}: ${reason}` : reason))
        .join('; ');
      throw new InputError(
        `${file}: ${entity.kind} "${entity.metadata.name}": ${problems}`,
      );
    }
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const owner = entity.spec?.owner;
    if (
      entity.apiVersion === DEFINITION_API_VERSION &&
      definitionKinds.has(entity.kind) &&
      typeof owner === 'string'
    ) {
      const source = getCompoundEntityRef(entity);
      const target = parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      });
      emit(
        processingResult.relation({ source, target, type: RELATION_OWNED_BY }),
      );
      emit(
        processingResult.relation({
          source: target,
          target: source,
          type: RELATION_OWNER_OF,
        }),
      );
    }
    return entity;
  }
}
