import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { ResultFilter } from '../../api/ScorecardsApi';
import { EmptyState, Loading, LoadFailure, STATES } from '../../components';
import { formatSort, parseSort, Sort } from '../../components/sort';
import { scorecardsTranslationRef } from '../../translation';
import { ExportButton } from '../ExportButton';
import { useScorecardAddress } from '../useScorecardAddress';
import { useShownResults } from '../useShownResults';
import { attention } from './attention';
import { Matrix } from './Matrix';
import styles from './Matrix.module.css';

const HEIGHT = 420;
const USUAL: Sort = { column: 'attention', direction: 'down' };
const CHECK = 'check:';

/** Every entity by every check; first those of which something is not known or exempt. */
export function MatrixView(props: {
  scorecard: ScorecardSummary;
  filter: ResultFilter;
}) {
  const { scorecard, filter } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  const checks = scorecard.spec?.checks ?? [];
  const sort = parseSort(
    address.sort,
    (name): name is string =>
      ['entity', 'attention', 'level'].includes(name) ||
      checks.some(({ id }) => name === CHECK + id),
    USUAL,
  );
  const results = useShownResults(scorecard.name, filter, {
    direction: sort.direction,
    valueOf: row => {
      if (sort.column === 'attention') return attention(row);
      if (sort.column === 'entity') return row.entityRef;
      if (sort.column === 'level') return row.rank;
      const state = row.checks.find(
        ({ id }) => sort.column === CHECK + id,
      )?.state;
      return state === undefined ? null : STATES.indexOf(state);
    },
  });
  const { rows, error } = results;
  return (
    <section aria-label={t('scorecard.view.matrix')} className={styles.view}>
      <div className={styles.bar}>
        <Text as="p" variant="body-medium" color="secondary">
          {t('matrix.order')}
        </Text>
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
          <Matrix
            scorecard={scorecard}
            rows={rows}
            sort={sort}
            columnOf={id => CHECK + id}
            asOf={filter.asOf}
            onSort={next => change({ sort: formatSort(next) })}
          />
          <div className={styles.bar}>
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
