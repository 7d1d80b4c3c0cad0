import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { problemsApiRef } from './ProblemsApi';

const REFRESH_MILLIS = 15_000;

/** What the catalog fails to process; asked again while the page is open, because people are mending it. */
export function useProblems() {
  const problemsApi = useApi(problemsApiRef);
  return useQuery({
    queryKey: ['catalog-problems'],
    queryFn: ({ signal }) => problemsApi.list({ signal }),
    refetchInterval: REFRESH_MILLIS,
  });
}
