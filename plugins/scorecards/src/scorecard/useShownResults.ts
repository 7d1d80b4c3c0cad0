import { ScorecardResultRow } from '@waymark/scorecards-common';
import { useEffect, useState } from 'react';
import { ResultFilter } from '../api/ScorecardsApi';
import { sortBy, Sort } from '../components/sort';
import { useResults } from '../hooks/useReads';

/** Rows that are drawn at a time. */
const STEP = 50;

/**
 * The results to show. In the order of the names they come page by page as one asks for more; any other order is one of
 * all results, so all are read before they are sorted.
 */
export function useShownResults(
  scorecard: string,
  filter: ResultFilter,
  order: {
    direction: Sort['direction'];
    /** undefined: in the order of the names. */
    valueOf?: (row: ScorecardResultRow) => string | number | null | undefined;
  },
) {
  const { valueOf, direction } = order;
  const isAll = valueOf !== undefined || direction === 'down';
  const [shown, setShown] = useState(STEP);
  const results = useResults(scorecard, filter, isAll);
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } =
    results;
  const mustGoOn = isAll && hasNextPage && !isFetching && !error;
  useEffect(() => {
    if (mustGoOn) fetchNextPage();
  }, [mustGoOn, fetchNextPage]);

  const loaded = data?.pages.flatMap(page => page.items);
  const isComplete = loaded && !(isAll && hasNextPage);
  const sorted =
    isComplete && isAll
      ? sortBy(
          loaded,
          direction,
          valueOf ?? (row => row.entityRef),
          row => row.entityRef,
        )
      : loaded;
  return {
    rows: isComplete && sorted ? sorted.slice(0, shown) : undefined,
    error,
    isFetching,
    /** What is shown answers a question that was asked before. */
    isStale: results.isPlaceholderData,
    hasMore: Boolean(hasNextPage) || (sorted?.length ?? 0) > shown,
    showMore: () => {
      setShown(count => count + STEP);
      if (!isAll && hasNextPage) fetchNextPage();
    },
    retry: () => refetch(),
  };
}
