import { useApi } from '@backstage/frontend-plugin-api';
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { ExemptionFilter, exemptionsApiRef } from './ExemptionsApi';

const PAGE = 50;

/** Exemptions, newest first, page by page. */
export function useExemptions(filter: ExemptionFilter) {
  const exemptionsApi = useApi(exemptionsApiRef);
  return useInfiniteQuery({
    queryKey: ['exemptions', filter],
    queryFn: ({ signal, pageParam }) =>
      exemptionsApi.listExemptions(
        { ...filter, cursor: pageParam, limit: PAGE },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.cursor,
    retry: 1,
  });
}

/** What follows from a step of an exemption is asked again: the lists, and the scores that it moves. */
export function useExemptionStep<T>(step: (input: T) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: () =>
      Promise.all(
        ['exemptions', 'scores', 'proof', 'history'].map(key =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}
