import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useMine } from '../changes/useMine';
import { DebtBadge, LoadFailure, Loading } from '../components';
import { daysAgo } from '../day';
import { useSpecs } from '../entity/queries';
import { changesRouteRef, useEntityScorecardsLink } from '../routes';
import { formatEffort, formatMillis } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { mineOf, MineRow } from './mine';
import styles from './MyScores.module.css';

const SHOWN = 5;
/** What dropped since then is news. */
const NEWS_DAYS = 7;

/** What I own: levels, what dropped, and the cheapest next step of each. */
export function MyScores() {
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <MyScoresCard />
    </QueryClientProvider>
  );
}

function MyScoresCard() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const changes = useRouteRef(changesRouteRef)?.();
  const specs = useSpecs();
  const [isAll, setIsAll] = useState(false);
  const { data, error, isFetching, refetch } = useMine(daysAgo(NEWS_DAYS));
  const rows = data && specs ? mineOf(data.scores, data.moves, specs) : [];
  return (
    <section aria-labelledby={headingId}>
      <Card>
        <CardHeader className={styles.header}>
          <Text as="h2" id={headingId} variant="title-x-small" weight="bold">
            {t('changes.widget.title')}
          </Text>
          {changes && <Link href={changes}>{t('changes.widget.all')}</Link>}
        </CardHeader>
        <CardBody>
          {!error && !(data && specs) && (
            <Loading label={t('changes.loading')} height={220} />
          )}
          {error && !data && (
            <LoadFailure
              title={t('changes.error')}
              error={error}
              isRetrying={isFetching}
              onRetry={refetch}
            />
          )}
          {data && specs && rows.length === 0 && (
            <Text as="p" color="secondary">
              {t('changes.widget.none')}
            </Text>
          )}
          {data && data.total > data.scores.length && (
            <Text as="p" variant="body-small" color="secondary">
              {t('changes.widget.cut', {
                total: String(data.total),
                shown: String(data.scores.length),
              })}
            </Text>
          )}
          <ul className={styles.rows}>
            {(isAll ? rows : rows.slice(0, SHOWN)).map(row => (
              <Row key={row.entityRef} row={row} />
            ))}
          </ul>
          {rows.length > SHOWN && (
            <Button variant="tertiary" onPress={() => setIsAll(all => !all)}>
              {isAll
                ? t('changes.widget.fewer')
                : t('changes.widget.more', { all: String(rows.length) })}
            </Button>
          )}
        </CardBody>
      </Card>
    </section>
  );
}

/** The first step, and how much there is to do after it until the next level. */
function Next(props: {
  entityRef: string;
  next: NonNullable<MineRow['next']>;
}) {
  const { entityRef, next } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const link = useEntityScorecardsLink();
  const { steps, target, effortMillis, unestimated } = next.path;
  const [{ check, effort }] = steps;
  const goal = { level: target.title, scorecard: next.title };
  const whole = formatMillis(effortMillis);
  return (
    <Text as="p" variant="body-small">
      <Link
        href={link(entityRef, { scorecard: next.scorecard, check: check.id })}
        variant="body-small"
        className={styles.step}
      >
        {effort
          ? t('changes.widget.nextEffort', {
              check: check.title,
              effort: formatEffort(effort),
            })
          : t('changes.widget.next', { check: check.title })}
      </Link>
      {', '}
      {steps.length > 1 && effortMillis > 0
        ? t('changes.widget.towardsEffort', {
            steps: String(steps.length),
            effort:
              unestimated > 0
                ? t('changes.widget.effortAtLeast', { effort: whole })
                : whole,
            ...goal,
          })
        : t('changes.widget.towards', { count: steps.length, ...goal })}
    </Text>
  );
}

function Row(props: { row: MineRow }) {
  const { entityRef, scores, dropped, debt, next } = props.row;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const levelOf = (score: { rated: boolean; levelTitle: string | null }) =>
    score.rated ? score.levelTitle ?? t('level.none') : t('level.unrated');
  return (
    <li className={styles.row}>
      <div>
        <EntityRefLink entityRef={entityRef} hideIcon />
      </div>
      {next ? (
        <Next entityRef={entityRef} next={next} />
      ) : (
        <Text as="p" variant="body-small" color="secondary">
          {t('changes.widget.done')}
        </Text>
      )}
      {dropped.map(({ before, after }) => (
        <Text key={after.scorecard} as="p" variant="body-small" color="danger">
          {t('changes.widget.dropped', {
            scorecard: after.title,
            from: before ? levelOf(before) : '',
            to: levelOf(after),
          })}
        </Text>
      ))}
      <Text as="p" variant="body-small" color="secondary">
        {scores
          .map(score =>
            t('changes.widget.level', {
              scorecard: score.title,
              level: levelOf(score),
            }),
          )
          .join(' · ')}
      </Text>
      {debt && <DebtBadge {...debt} />}
    </li>
  );
}
