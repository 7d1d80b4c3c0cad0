import { Entity } from '@backstage/catalog-model';
import { stringify } from 'yaml';

/** Where the catalog found an entity, and what it made of it, is in no file. */
const isOfTheCatalog = (annotation: string) =>
  annotation.startsWith('backstage.io/');

/** The definition of the catalog, as a file has it. */
export function writeDefinition({
  apiVersion,
  kind,
  metadata,
  spec,
}: Entity): string {
  const { uid, etag, namespace, annotations = {}, ...said } = metadata;
  const own = Object.entries(annotations).filter(
    ([name]) => !isOfTheCatalog(name),
  );
  return stringify(
    {
      apiVersion,
      kind,
      metadata: {
        ...said,
        ...(namespace !== 'default' && { namespace }),
        ...(own.length > 0 && { annotations: Object.fromEntries(own) }),
      },
      spec,
    },
    { lineWidth: 0 },
  );
}
