import { parseRepositoryName } from '@waymark/waymark-common';
import { z } from 'zod';
import { repositoryPartition } from '../collectors/repositoryPartition';

const repositoryEvent = z.looseObject({
  repository: z.looseObject({
    html_url: z.string(),
    default_branch: z.string(),
  }),
  ref: z.string().optional(),
});

/**
 * The partitions that an event of the forge concerns: its repository, unless it tells of a push to another branch than the
 * default one.
 * @public
 */
export function partitionsOfRepositoryEvent(event: {
  payload: unknown;
}): string[] {
  const { data } = repositoryEvent.safeParse(event.payload);
  const name = data && parseRepositoryName(data.repository.html_url);
  if (!name) {
    return [];
  }
  const { ref, repository } = data;
  const elsewhere =
    ref?.startsWith('refs/') &&
    ref !== `refs/heads/${repository.default_branch}`;
  return elsewhere ? [] : [repositoryPartition(name).key];
}
