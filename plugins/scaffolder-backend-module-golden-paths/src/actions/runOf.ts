import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { TemplateInfo } from '@backstage/plugin-scaffolder-common';
import { RepositoryMark } from '../publish/RepositoryMark';

/** What marks the work of a run. */
export function runOf(
  ctx: { task: { id: string }; templateInfo?: TemplateInfo },
  owner: string,
): RepositoryMark {
  return {
    taskId: ctx.task.id,
    templateRef: ctx.templateInfo?.entityRef ?? 'template:default/unknown',
    owner: stringifyEntityRef(parseEntityRef(owner, { defaultKind: 'group' })),
  };
}
