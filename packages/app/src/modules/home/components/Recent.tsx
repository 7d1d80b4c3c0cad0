import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { visitsApiRef } from '@backstage/plugin-home';
import { Skeleton, Text } from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { EntityList } from './EntityList';
import { HomeCard } from './HomeCard';
import { LoadFailure } from '../../../components';

const SHOWN = 8;

/** The entities whose pages I have opened lately, the latest first. */
export function Recent() {
  const visitsApi = useApi(visitsApiRef);
  const catalogApi = useApi(catalogApiRef);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['visits'],
    queryFn: async () => {
      const visits = await visitsApi.list({
        // Each page of an entity is a visit of its own.
        limit: 5 * SHOWN,
        orderBy: [{ field: 'timestamp', direction: 'desc' }],
        filterBy: [
          { field: 'pathname', operator: 'contains', value: '/catalog/' },
        ],
      });
      const refs = [
        ...new Set(visits.flatMap(({ entityRef }) => entityRef ?? [])),
      ];
      // A page that said "not found" is a visit too, and entities go.
      const { items } = await catalogApi.getEntitiesByRefs({
        entityRefs: refs,
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      });
      return refs.filter((_, index) => items[index]).slice(0, SHOWN);
    },
  });
  return (
    <HomeCard title="Recently visited">
      {error && !data && (
        <LoadFailure error={error} isRetrying={isFetching} onRetry={refetch} />
      )}
      {!data && !error && <Skeleton width="100%" height={72} />}
      {data?.length === 0 && (
        <Text as="p" color="secondary">
          Nothing yet. Entities whose pages you open are listed here.
        </Text>
      )}
      {data && data.length > 0 && <EntityList entityRefs={data} />}
    </HomeCard>
  );
}
