import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { EmptyState, Loading, LoadFailure } from '../../components';
import { formatSort, parseSort } from '../../components/sort';
import { scorecardsTranslationRef } from '../../translation';
import { ExportButton } from '../ExportButton';
import { useFocusAfterLink } from '../useFocusAfterLink';
import { useScorecardAddress } from '../useScorecardAddress';
import { useShownResults } from '../useShownResults';
import { EntityTable } from './EntityTable';
import { Filters } from './Filters';
import { isColumn, USUAL_SORT, valueIn } from './columns';
import styles from './Entities.module.css';

const HEIGHT = 420;

/** The entities of a scorecard, as far as the filters let them through. */
export function EntitiesView(props: { scorecard: ScorecardSummary }) {
  const { scorecard } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  const { filter, asOf } = address;
  const sort = parseSort(address.sort, isColumn, USUAL_SORT);
  const isUsual = formatSort(sort) === formatSort(USUAL_SORT);
  const results = useShownResults(scorecard.name, filter, {
    direction: sort.direction,
    // The backend pages in the order of the names; any other order needs all of them.
    valueOf: isUsual
      ? undefined
      : row => valueIn(sort.column, row, filter.check),
  });
  const { rows, error } = results;
  const ref = useFocusAfterLink();
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label={t('scorecard.view.entities')}
      className={styles.view}
    >
      <div className={styles.bar}>
        <Filters scorecard={scorecard} />
        <ExportButton scorecard={scorecard.name} filter={filter} />
      </div>
      {error && !rows && (
        <LoadFailure
          title={t('entities.error')}
          error={error}
          isRetrying={results.isFetching}
          onRetry={results.retry}
        />
      )}
      {!rows && !error && (
        <Loading label={t('entities.loading')} height={HEIGHT} />
      )}
      {rows?.length === 0 && (
        <EmptyState
          title={t('entities.empty')}
          description={t('entities.emptyDescription')}
        />
      )}
      {rows && rows.length > 0 && (
        <>
          <EntityTable
            scorecard={scorecard}
            rows={rows}
            check={filter.check}
            asOf={asOf}
            sort={sort}
            isStale={results.isStale}
            onSort={next => change({ sort: formatSort(next) })}
          />
          <div className={styles.more}>
            <Text as="p" variant="body-small" color="secondary" role="status">
              {t(results.hasMore ? 'entities.someShown' : 'entities.allShown', {
                count: rows.length,
              })}
            </Text>
            {results.hasMore && (
              <Button
                variant="secondary"
                isPending={results.isFetching}
                onPress={results.showMore}
              >
                {t('entities.more')}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
