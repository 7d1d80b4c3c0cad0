import { parseEntityRef } from '@backstage/catalog-model';

/**
 * An entity in the words of a notice: the kind is left out of what most things are.
 *
 * @param title - of the entity, where it is known
 */
export function nameOf(ref: string, title?: string): string {
  const { kind, name } = parseEntityRef(ref);
  return ['component', 'group', 'user'].includes(kind)
    ? title ?? name
    : `${kind} ${title ?? name}`;
}
