import { RELATION_DEPENDENCY_OF } from '@backstage/catalog-model';
import {
  EntityRelationCard,
  entityColumnPresets,
} from '@backstage/plugin-catalog-react/alpha';

/** Who is affected when this entity fails. */
export function DependantsCard() {
  return (
    <EntityRelationCard
      title="Used by"
      relationType={RELATION_DEPENDENCY_OF}
      columnConfig={entityColumnPresets.component.columns}
      emptyState={{
        message: 'Nothing depends on this entity.',
        helpLink: 'https://backstage.io/docs/features/software-catalog/',
      }}
    />
  );
}
