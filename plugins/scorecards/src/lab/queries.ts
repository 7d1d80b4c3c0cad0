import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { LabFilter } from '@waymark/scorecards-common';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { LabDefinition, labApiRef } from './api/LabApi';
import { writeDefinition } from './definition/writeDefinition';

const PAGE = 20;
const MOST_SUPERSEDED = 5;
const CONFLICT = 409;

/** The backend gives up what somebody asked before; with two windows that may be the one here. */
const isSuperseded = (error: Error) =>
  error instanceof ResponseError && error.statusCode === CONFLICT;

/** The facts that rules can be about. */
export function useFactSources() {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['factSources'],
    queryFn: ({ signal }) => api.listFactSources({ signal }),
  });
}

/** The text of a scorecard as it is in force; nothing is asked where no name is given. */
export function useTodaysText(name: string | undefined) {
  const api = useApi(labApiRef);
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['definition', name],
    queryFn: async ({ signal }) => {
      const text = await api.readFile(name!, { signal });
      if (text !== undefined) return text;
      // What is in no file of its own has at least no comments to lose.
      const entity = await catalogApi.getEntityByRef({
        kind: 'Scorecard',
        namespace: 'default',
        name: name!,
      });
      return entity ? writeDefinition(entity) : null;
    },
    enabled: name !== undefined,
  });
}

/** How the checks of a definition would fare, and the entities of a filter, page by page. The last answer stays meanwhile. */
export function useLabAnswer(
  definition: LabDefinition | undefined,
  filter: LabFilter,
) {
  const api = useApi(labApiRef);
  return useInfiniteQuery({
    queryKey: ['lab', definition, filter],
    queryFn: ({ signal, pageParam }) =>
      api.ask(
        definition!,
        { ...filter, cursor: pageParam, limit: PAGE },
        { signal },
      ),
    enabled: definition !== undefined,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.cursor,
    placeholderData: keepPreviousData,
    retry: (count, error) => isSuperseded(error) && count < MOST_SUPERSEDED,
    retryDelay: 300,
  });
}

/** Why each check would say what it would say of an entity. */
export function useLabProofs(definition: LabDefinition, entityRef: string) {
  const api = useApi(labApiRef);
  return useQuery({
    queryKey: ['labProofs', definition, entityRef],
    queryFn: ({ signal }) => api.prove(definition, entityRef, { signal }),
  });
}
