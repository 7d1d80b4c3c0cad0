import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { EntityMove, Standing } from '@waymark/scorecards-common';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import { DemoNote, EmptyState, Loading, LoadFailure } from '../components';
import { useCause } from '../entity/useCause';
import { formatPoints } from '../format';
import { MOVERS_DAYS, useMovers } from '../hooks/useInsights';
import { useTotal } from '../hooks/useReads';
import { useEntityScorecardsLink } from '../routes';
import { scorecardsTranslationRef } from '../translation';
import styles from './Movers.module.css';

const HEIGHT = 200;

/**
 * Which entities have risen and fallen until now, which is the instant of what is shown of a scorecard beside it.
 *
 * @param props - `scorecard`: of this one only
 */
export function MoversUntilNow(props: { shown: string; scorecard?: string }) {
  const { data, isError } = useTotal(props.shown);
  // What failed is told where it is shown.
  if (isError && !data) return null;
  return <Movers now={data?.asOf} scorecard={props.scorecard} />;
}

function Movers(props: { now?: string; scorecard?: string }) {
  const { now, scorecard } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const { data, error, isFetching, refetch } = useMovers(now, scorecard);
  const days = String(MOVERS_DAYS);
  const isEmpty =
    data && data.entities.up.length + data.entities.down.length === 0;
  return (
    <section aria-labelledby={headingId}>
      <Card>
        <CardHeader>
          <Text as="h2" id={headingId} variant="title-x-small" weight="bold">
            {t('movers.title')}
          </Text>
          <Text as="p" variant="body-medium" color="secondary">
            {t('movers.description', { days })}
          </Text>
          {data && <DemoNote since={data.since} />}
        </CardHeader>
        <CardBody>
          {!data && !error && (
            <Loading label={t('movers.loading')} height={HEIGHT} />
          )}
          {error && !data && (
            <LoadFailure
              title={t('movers.error')}
              error={error}
              isRetrying={isFetching}
              onRetry={refetch}
            />
          )}
          {isEmpty && (
            <EmptyState
              title={t('movers.nobody')}
              description={t('movers.nobodyDescription', { days })}
            />
          )}
          {data && !isEmpty && (
            <div className={styles.sides}>
              <Side
                way="up"
                moves={data.entities.up}
                withScorecard={!scorecard}
              />
              <Side
                way="down"
                moves={data.entities.down}
                withScorecard={!scorecard}
              />
            </div>
          )}
        </CardBody>
      </Card>
    </section>
  );
}

function Side(props: {
  way: 'up' | 'down';
  moves: EntityMove[];
  withScorecard: boolean;
}) {
  const { way, moves, withScorecard } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const Arrow = way === 'up' ? RiArrowUpLine : RiArrowDownLine;
  return (
    <div>
      <h3 id={headingId} className={styles.side} data-way={way}>
        <Arrow size={18} aria-hidden />
        {t(`movers.${way}`)}
      </h3>
      {moves.length === 0 ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t('movers.none')}
        </Text>
      ) : (
        <ul className={styles.moves} aria-labelledby={headingId}>
          {moves.map(move => (
            <Move
              key={`${move.scorecard} ${move.entityRef}`}
              move={move}
              withScorecard={withScorecard}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Move(props: { move: EntityMove; withScorecard: boolean }) {
  const { entityRef, scorecard, title, levels, points, from, to, cause } =
    props.move;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const causeOf = useCause();
  const entityLink = useEntityScorecardsLink();
  const levelOf = (standing: Standing) =>
    standing.levelTitle ?? t(standing.rated ? 'level.none' : 'level.unrated');
  const parts = [
    levels !== 0 &&
      t('movers.levels', { from: levelOf(from), to: levelOf(to) }),
    t('movers.points', { points: formatPoints(points) }),
    causeOf({ cause }),
    props.withScorecard && title,
  ].filter(Boolean);
  return (
    <li>
      <Link
        to={entityLink(entityRef, { scorecard }) ?? ''}
        className={styles.link}
      >
        <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />
      </Link>
      <Text as="p" variant="body-small" color="secondary">
        {parts.join(' · ')}
      </Text>
    </li>
  );
}
