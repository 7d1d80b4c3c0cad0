import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import {
  EntityScore,
  ladderOf,
  LadderSpec,
  pathOf,
} from '@waymark/scorecards-common';
import { ReactNode, useId } from 'react';
import { Confidence } from '../components';
import { useScorecardLink } from '../routes';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { CheckList } from './CheckList';
import { Ladder } from './Ladder';
import { NextSteps, usePathSummary } from './NextSteps';
import styles from './ScorecardDetails.module.css';
import { ScoreLine } from './ScoreLine';
import { useCause } from './useCause';

/** One scorecard of an entity: level, way up, and every check. */
export function ScorecardDetails(props: {
  score: EntityScore;
  spec: LadderSpec | null | undefined;
  hrefOf(check: string): string;
  /** What stands between the way up and the checks. */
  children?: ReactNode;
}) {
  const { score, spec, hrefOf } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const link = useScorecardLink()(score.scorecard);
  const causeOf = useCause();
  const headingId = useId();
  const rungs = ladderOf(score, spec);
  return (
    <section aria-labelledby={headingId}>
      <Card className={styles.card}>
        <CardHeader className={styles.header}>
          <Text as="h3" id={headingId} variant="title-x-small" weight="bold">
            {score.title}
          </Text>
          {link && (
            <Link href={link}>
              {t('entity.openScorecard', { title: score.title })}
            </Link>
          )}
        </CardHeader>
        <CardBody className={styles.body}>
          <div className={styles.score}>
            <ScoreLine score={score} size="large" />
            <Confidence value={score.confidence} />
            <Text as="p" variant="body-small" color="secondary">
              {score.cause === 'new'
                ? t('entity.unchanged', { time: formatInstant(score.since) })
                : t('entity.changed', {
                    time: formatInstant(score.since),
                    cause: causeOf(score),
                  })}
            </Text>
          </div>
          <Ladder
            rungs={rungs}
            label={t('entity.ladder', { title: score.title })}
          />
          <WayUp score={score} spec={spec} hrefOf={hrefOf} />
          {props.children}
          <div className={styles.part}>
            <Text as="h4" variant="body-large" weight="bold">
              {t('entity.checks.title')}
            </Text>
            <CheckList rungs={rungs} hrefOf={hrefOf} />
          </div>
        </CardBody>
      </Card>
    </section>
  );
}

function WayUp(props: {
  score: EntityScore;
  spec: LadderSpec | null | undefined;
  hrefOf(check: string): string;
}) {
  const { score, spec, hrefOf } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const summaryOf = usePathSummary();
  const path = pathOf(score, spec);
  if (!score.rated) {
    return (
      <Text as="p" variant="body-medium">
        {t('entity.path.unrated')}
      </Text>
    );
  }
  return (
    <div className={styles.part}>
      <Text as="h4" variant="body-large" weight="bold">
        {path
          ? t('entity.path.title', { level: path.target.title })
          : t('entity.path.done')}
      </Text>
      <Text as="p" variant="body-medium" color="secondary">
        {path ? summaryOf(path) : t('entity.path.doneDescription')}
      </Text>
      {path && <NextSteps path={path} hrefOf={hrefOf} />}
    </div>
  );
}
