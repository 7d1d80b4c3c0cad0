import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { operateApiRef } from '../api/OperateApi';

const REFRESH_MILLIS = 60_000;

/** What the Operate card of an entity shows; asked again each minute, because people hand over. */
export function useOperate(entityRef: string) {
  const operateApi = useApi(operateApiRef);
  return useQuery({
    queryKey: ['operate', entityRef],
    queryFn: ({ signal }) => operateApi.getOperate(entityRef, { signal }),
    refetchInterval: REFRESH_MILLIS,
    retry: 1,
  });
}
