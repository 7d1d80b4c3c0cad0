import { ScaffolderTask } from '@backstage/plugin-scaffolder-react';

/** What a run is called: what it makes where that has a name, and by which template. */
export function runTitle({ spec }: ScaffolderTask): string {
  const metadata = spec.templateInfo?.entity?.metadata;
  const template = metadata?.title ?? metadata?.name ?? 'A run';
  const { name } = spec.parameters;
  return typeof name === 'string' && name ? `${name}: ${template}` : template;
}
