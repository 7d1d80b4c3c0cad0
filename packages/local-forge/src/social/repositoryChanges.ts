import { Json, RestRepository } from './types';

/** GitHub's actions of the `repository` event that happen here. */
export type RepositoryAction =
  | 'created'
  | 'deleted'
  | 'edited'
  | 'renamed'
  | 'archived'
  | 'unarchived'
  | 'privatized'
  | 'publicized';

/** What happened to a repository, in GitHub's actions, with what changed. */
export function actionsBetween(
  before: RestRepository,
  after: RestRepository,
): [RepositoryAction, Json?][] {
  const actions: [RepositoryAction, Json?][] = [];
  if (before.name !== after.name) {
    actions.push(['renamed', { repository: { name: { from: before.name } } }]);
  }
  if (before.archived !== after.archived) {
    actions.push([after.archived ? 'archived' : 'unarchived']);
  }
  if (before.visibility !== after.visibility) {
    actions.push([after.private ? 'privatized' : 'publicized']);
  }
  const changes: Json = {};
  for (const field of ['description', 'homepage', 'default_branch', 'topics']) {
    if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) {
      changes[field] = { from: before[field] };
    }
  }
  if (Object.keys(changes).length > 0) {
    actions.push(['edited', changes]);
  }
  return actions;
}
