import { DEFAULT_NAMESPACE, Entity } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { JsonObject } from '@backstage/types';

const { selectedTemplate, ongoingTask, listTasks } = scaffolderPlugin.routes;

/** Makes links to the form of a template, filled in with answers where there are some. */
export function useTemplateLink(): (
  template: Entity,
  answers?: JsonObject,
) => string | undefined {
  const route = useRouteRef(selectedTemplate);
  return (template, answers) => {
    const path = route?.({
      namespace: template.metadata.namespace ?? DEFAULT_NAMESPACE,
      templateName: template.metadata.name,
    });
    return path && answers
      ? `${path}?${new URLSearchParams({ formData: JSON.stringify(answers) })}`
      : path;
  };
}

/** Makes links to runs. */
export function useRunLink(): (taskId: string) => string | undefined {
  const route = useRouteRef(ongoingTask);
  return taskId => route?.({ taskId });
}

/** The link to the list of runs. */
export function useRunsLink(): string | undefined {
  return useRouteRef(listTasks)?.();
}
