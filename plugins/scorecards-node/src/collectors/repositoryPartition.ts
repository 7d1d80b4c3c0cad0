import { RepositoryName } from '@waymark/waymark-common';
import { CollectedEntity, CollectorPartition } from './FactCollector';

/**
 * The partition of all that is asked of one repository. Forges take names in any case for the same.
 * @public
 */
export function repositoryPartition(
  repository: RepositoryName,
): CollectorPartition {
  const { host, owner, repository: name } = repository;
  const account = `${host}/${owner}`.toLowerCase();
  return { key: `${account}/${name.toLowerCase()}`, host, account };
}

/**
 * The partition of the repository that an entity is described in. Never that of its `github.com/project-slug`, which
 * anybody may write: my score must not be my neighbour's hygiene.
 * @public
 */
export function sourceRepositoryPartition(
  entity: Pick<CollectedEntity, 'source'>,
): CollectorPartition | undefined {
  return entity.source && repositoryPartition(entity.source);
}
