import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Link } from '@backstage/ui';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { LevelDistribution, levelShares, LevelTrend } from '../charts';
import { Loading, LoadFailure } from '../components';
import { formatCount, formatShare } from '../format';
import { useTrend } from '../hooks/useInsights';
import { useTotal } from '../hooks/useReads';
import { scorecardsTranslationRef } from '../translation';
import { Span, useScorecardAddress } from './useScorecardAddress';
import { SpanSwitch } from './SpanSwitch';
import styles from './Scorecard.module.css';

const HEIGHT = 356;
const TREND_HEIGHT = 234;
const DAYS: Record<Span, number | undefined> = {
  quarter: undefined,
  year: 365,
};

/** How all entities fare together. */
export function Summary(props: { scorecard: ScorecardSummary; asOf?: string }) {
  const { scorecard, asOf } = props;
  const { name, title, spec } = scorecard;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, hrefOf } = useScorecardAddress();
  const { data, error, isPending, isFetching, refetch } = useTotal(name, asOf);
  const trend = useTrend(name, { to: asOf, days: DAYS[address.span] });
  const all = hrefOf({ view: 'entities' });
  const share = (value: number | null) =>
    value === null ? t('scorecard.noFigure') : formatShare(value);
  return (
    <Card>
      <CardBody>
        {isPending && (
          <Loading label={t('overview.loadingOf', { title })} height={HEIGHT} />
        )}
        {error && !data && (
          <LoadFailure
            title={t('overview.errorOf', { title })}
            error={error}
            isRetrying={isFetching}
            onRetry={refetch}
          />
        )}
        {data && (
          <div className={styles.summary}>
            <LevelDistribution
              label={t('distribution.label', { title })}
              shares={levelShares(data.total, spec, {
                none: t('level.none'),
                unrated: t('level.unrated'),
              })}
              hrefOf={level => hrefOf({ view: 'entities', level })}
            />
            <dl className={styles.figures}>
              <div>
                <dt>{t('scorecard.entities')}</dt>
                <dd>
                  <Link href={all} variant="title-x-small" weight="bold">
                    {formatCount(data.total.entities)}
                  </Link>
                </dd>
              </div>
              <div>
                <dt>{t('scorecard.points')}</dt>
                <dd>
                  <Link
                    href={hrefOf({ view: 'entities', sort: 'points' })}
                    variant="title-x-small"
                    weight="bold"
                  >
                    {share(data.total.points)}
                  </Link>
                </dd>
              </div>
              <div>
                <dt>{t('scorecard.confidence')}</dt>
                <dd>
                  <Link
                    href={hrefOf({ view: 'entities', sort: 'confidence' })}
                    variant="title-x-small"
                    weight="bold"
                  >
                    {share(data.total.confidence)}
                  </Link>
                </dd>
              </div>
            </dl>
            <div className={styles.trend}>
              {trend.isPending && (
                <Loading label={t('trend.loading')} height={TREND_HEIGHT} />
              )}
              {trend.data && (
                <>
                  <SpanSwitch />
                  <LevelTrend trend={trend.data} spec={spec} />
                </>
              )}
            </div>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
