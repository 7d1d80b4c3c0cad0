import { Entity } from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { Commit, CommitReader } from '../sources/CommitReader';
import { findEntitySource } from '../sources/EntitySource';
import { PartResult, found, missing } from './part';

/** The last commits below the folder of the entity's description. */
export async function readLastChanges(options: {
  entity: Entity;
  commits: CommitReader;
  integrations: ScmIntegrationRegistry;
}): Promise<PartResult<Commit[]>> {
  const { entity, commits, integrations } = options;
  const source = findEntitySource(entity, integrations);
  if (!source) {
    return missing(
      'lastChanges',
      'It is not described in a repository that the portal can read.',
      'Keep its catalog-info.yaml beside its code.',
    );
  }
  return found(await commits.lastCommits(source));
}
