import { useApi } from '@backstage/frontend-plugin-api';
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { isNotFound } from '../api/isNotFound';
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

/** One exemption, whatever became of it. */
export function useExemption(id: string) {
  const exemptionsApi = useApi(exemptionsApiRef);
  return useQuery({
    queryKey: ['exemptions', id],
    queryFn: ({ signal }) => exemptionsApi.getExemption(id, { signal }),
    retry: (count, error) => count < 1 && !isNotFound(error),
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
