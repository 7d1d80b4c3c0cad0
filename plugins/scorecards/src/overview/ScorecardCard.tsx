import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { useId } from 'react';
import { LevelDistribution, levelShares } from '../charts';
import {
  Confidence,
  DebtBadge,
  EmptyState,
  Loading,
  LoadFailure,
  Refusal,
} from '../components';
import { useTotal } from '../hooks/useReads';
import { useScorecardLink } from '../routes';
import { scorecardsTranslationRef } from '../translation';
import { ScorecardTrend } from './ScorecardTrend';
import styles from './Overview.module.css';

/** Room for a bar, four levels and the line below. */
const HEIGHT = 184;

/** One scorecard: what it asks for, how the entities fare, and what is wrong with it. */
export function ScorecardCard(props: { scorecard: ScorecardSummary }) {
  const { scorecard } = props;
  const { name, title, description, spec } = scorecard;
  const link = useScorecardLink();
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={styles.card}>
      <Card className={styles.card}>
        <CardHeader>
          <Text as="h2" id={headingId} variant="title-x-small" weight="bold">
            {spec ? (
              <Link
                href={link(name) ?? ''}
                variant="title-x-small"
                weight="bold"
              >
                {title}
              </Link>
            ) : (
              title
            )}
          </Text>
          {description && (
            <Text as="p" variant="body-medium" color="secondary">
              {description}
            </Text>
          )}
        </CardHeader>
        <CardBody className={styles.body}>
          <Refusal definition={scorecard} />
          {spec && <Standing scorecard={scorecard} spec={spec} />}
        </CardBody>
      </Card>
    </section>
  );
}

function Standing(props: {
  scorecard: ScorecardSummary;
  spec: NonNullable<ScorecardSummary['spec']>;
}) {
  const { scorecard, spec } = props;
  const { name, title } = scorecard;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const link = useScorecardLink();
  const { data, error, isPending, isFetching, refetch } = useTotal(name);
  if (isPending) {
    return (
      <Loading label={t('overview.loadingOf', { title })} height={HEIGHT} />
    );
  }
  if (!data) {
    return (
      <LoadFailure
        title={t('overview.errorOf', { title })}
        error={error}
        isRetrying={isFetching}
        onRetry={refetch}
      />
    );
  }
  const { total } = data;
  if (total.entities === 0) {
    return (
      <EmptyState
        title={t('overview.noEntities')}
        description={t('overview.noEntitiesDescription')}
      />
    );
  }
  return (
    <>
      <LevelDistribution
        label={t('distribution.label', { title })}
        shares={levelShares(total, spec, {
          none: t('level.none'),
          unrated: t('level.unrated'),
        })}
        hrefOf={level => link(name, { view: 'entities', level })}
      />
      <ScorecardTrend scorecard={name} />
      <div className={styles.foot}>
        <div className={styles.facts}>
          <Link href={link(name, { view: 'entities' }) ?? ''}>
            {t('overview.entities', { count: total.entities })}
          </Link>
          <DebtBadge
            active={total.checks.reduce(
              (sum, { states }) => sum + (states.exempt ?? 0),
              0,
            )}
            href={link(name, { view: 'matrix' })}
          />
          <Confidence value={total.confidence} />
        </div>
        <EntityRefLink entityRef={spec.owner} />
      </div>
    </>
  );
}
