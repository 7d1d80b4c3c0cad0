import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { EntityScore, LadderSpec, pathOf } from '@waymark/scorecards-common';
import { useId } from 'react';
import { LoadFailure, Loading } from '../components';
import { useEntityScorecardsLink } from '../routes';
import { scorecardsTranslationRef } from '../translation';
import { NextSteps, usePathSummary } from './NextSteps';
import { useScores, useSpecs } from './queries';
import styles from './ScoresCard.module.css';
import { ScoreLine } from './ScoreLine';

/** As many steps as one can take in today. */
const SHOWN_STEPS = 2;

/** The level of an entity in each scorecard, and what is missing for the next; nothing where no scorecard applies. */
export function ScoresCard(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const link = useEntityScorecardsLink();
  const specs = useSpecs();
  const { data, error, isFetching, refetch } = useScores(entityRef);
  if (data?.scorecards.length === 0) return null;
  return (
    <section aria-labelledby={headingId}>
      <Card className={styles.card}>
        <CardHeader className={styles.header}>
          <Text as="h2" id={headingId} variant="title-x-small" weight="bold">
            {t('entity.title')}
          </Text>
          <Link href={link(entityRef)}>{t('entity.cardLink')}</Link>
        </CardHeader>
        <CardBody>
          {!error && !(data && specs) && (
            <Loading label={t('entity.loading')} height={160} />
          )}
          {error && !data && (
            <LoadFailure
              title={t('entity.error')}
              error={error}
              isRetrying={isFetching}
              onRetry={refetch}
            />
          )}
          {data && specs && (
            <ul className={styles.scores}>
              {data.scorecards.map(score => (
                <Score
                  key={score.scorecard}
                  score={score}
                  spec={specs.get(score.scorecard)}
                  hrefOf={check =>
                    link(entityRef, { scorecard: score.scorecard, check })
                  }
                />
              ))}
            </ul>
          )}
        </CardBody>
      </Card>
    </section>
  );
}

function Score(props: {
  score: EntityScore;
  spec: LadderSpec | null | undefined;
  hrefOf(check?: string): string | undefined;
}) {
  const { score, spec, hrefOf } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const summaryOf = usePathSummary();
  const path = pathOf(score, spec);
  return (
    <li className={styles.score}>
      <div className={styles.title}>
        <Link href={hrefOf()} weight="bold" standalone>
          {score.title}
        </Link>
        <ScoreLine score={score} />
      </div>
      {path && score.rated && (
        <>
          <Text as="p" variant="body-small" color="secondary">
            {`${t('entity.path.title', {
              level: path.target.title,
            })}: ${summaryOf(path)}`}
          </Text>
          <NextSteps path={path} hrefOf={hrefOf} limit={SHOWN_STEPS} />
        </>
      )}
    </li>
  );
}
