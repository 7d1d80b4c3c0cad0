import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef, EntityRefLinks } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';

const KINDS = ['component', 'api'];

/** Links to what has the name, as far as the person may see it. */
export function NameHolders(props: { name: string }) {
  const catalogApi = useApi(catalogApiRef);
  const { value } = useAsync(async () => {
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: KINDS.map(kind =>
        stringifyEntityRef({
          kind,
          namespace: DEFAULT_NAMESPACE,
          name: props.name,
        }),
      ),
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    });
    return items.flatMap(entity => entity ?? []);
  }, [catalogApi, props.name]);
  return value?.length ? (
    <>
      {'See '}
      <EntityRefLinks entityRefs={value} />
    </>
  ) : null;
}
