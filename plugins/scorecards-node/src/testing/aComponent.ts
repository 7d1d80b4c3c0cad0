import { RepositoryName } from '@waymark/waymark-common';
import { CollectedEntity } from '../collectors';

/** A component that the file at a path of the branch `main` describes. */
export function aComponent(options: {
  name: string;
  repository: RepositoryName;
  path?: string;
  branch?: string;
  repositoryId?: string;
}): CollectedEntity {
  const { name, repository, path = 'catalog-info.yaml' } = options;
  const { branch = 'main', repositoryId } = options;
  return {
    ref: `component:default/${name}`,
    uid: name,
    kind: 'Component',
    ownerPath: [],
    source: {
      ...repository,
      branchAndPath: `${branch}/${path}`,
      ...(repositoryId && { repositoryId }),
    },
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
    },
  };
}
