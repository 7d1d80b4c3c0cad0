import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  RollupDimension,
  rollupDimensionSchema,
  ScorecardSummary,
} from '@waymark/scorecards-common';
import { EmptyState, Loading, LoadFailure } from '../../components';
import { useRollup } from '../../hooks/useReads';
import { scorecardsTranslationRef } from '../../translation';
import { useScorecardAddress } from '../useScorecardAddress';
import { HeatMap } from './HeatMap';
import { Legend } from './Legend';
import { useParents } from './useParents';
import { ownerTree } from './cells';
import styles from './HeatMap.module.css';

const HEIGHT = 360;
const DIMENSIONS = rollupDimensionSchema.options;

/** Where it hurts: every owner, system, domain or type, by every check. */
export function HeatMapView(props: { scorecard: ScorecardSummary }) {
  const { name, spec } = props.scorecard;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  const { by, asOf } = address;
  const rollup = useRollup(name, by, asOf);
  const { data } = rollup;
  // Counts of then do not add up in the tree of today, and nobody knows the tree of then: a group may have moved.
  const owners = data?.by === 'owner' && !asOf ? data.items : [];
  const parents = useParents(
    owners.map(({ key }) => key ?? ''),
    owners.length > 0,
  );
  // Rows do not move once they are there: the tree is waited for, but a catalog that fails costs no more than the tree.
  const isReady = data && !(owners.length > 0 && parents.isPending);
  return (
    <section aria-label={t('scorecard.view.map')} className={styles.view}>
      <div className={styles.bar}>
        <ToggleButtonGroup
          aria-label={t('heatMap.by')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[by]}
          onSelectionChange={keys => {
            const [dimension] = [...keys] as RollupDimension[];
            change({ by: dimension === 'owner' ? undefined : dimension });
          }}
        >
          {DIMENSIONS.map(dimension => (
            <ToggleButton key={dimension} id={dimension}>
              {t(`heatMap.dimension.${dimension}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <Legend />
      </div>
      {!isReady && !rollup.error && (
        <Loading label={t('heatMap.loading')} height={HEIGHT} />
      )}
      {rollup.error && !data && (
        <LoadFailure
          title={t('heatMap.error')}
          error={rollup.error}
          isRetrying={rollup.isFetching}
          onRetry={rollup.refetch}
        />
      )}
      {isReady && data.items.length === 0 && (
        <EmptyState
          title={t('heatMap.empty')}
          description={t('heatMap.emptyDescription')}
        />
      )}
      {isReady && asOf && data.by === 'owner' && data.items.length > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          {t('heatMap.flat')}
        </Text>
      )}
      {isReady && data.items.length > 0 && (
        <HeatMap
          // What was folded belongs to these rows.
          key={`${data.by} ${asOf}`}
          by={data.by}
          rows={ownerTree(data.items, key =>
            asOf ? undefined : parents.data?.get(key),
          )}
          checks={data.total.checks.map(({ id }) => ({
            id,
            title: spec?.checks.find(check => check.id === id)?.title ?? id,
          }))}
          total={data.total}
        />
      )}
    </section>
  );
}
