import { Entity } from '@backstage/catalog-model';
import { EntityPresentationApi } from '@backstage/plugin-catalog-react';

/** Presents entities by the titles that a test gives them. */
export function presentationBy(
  titleOf: (entityOrRef: Entity | string) => string,
): EntityPresentationApi {
  return {
    forEntity(entityOrRef) {
      const snapshot = {
        entityRef: String(entityOrRef),
        primaryTitle: titleOf(entityOrRef),
      };
      return { snapshot, promise: Promise.resolve(snapshot) };
    },
  };
}
