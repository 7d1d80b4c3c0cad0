import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Select, Text } from '@backstage/ui';
import { LadderSpec } from '@waymark/scorecards-common';
import { useSearchParams } from 'react-router-dom';
import {
  DemoMark,
  DemoNote,
  EmptyState,
  LevelBadge,
  LoadFailure,
  Loading,
} from '../components';
import { useSpecs } from '../entity/queries';
import { useCause } from '../entity/useCause';
import { useEntityScorecardsLink } from '../routes';
import { daysAgo } from '../day';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './Changes.module.css';
import { levelsBetween, Move } from './compare';
import { CheckChanges } from './EntityChanges';
import { useMine } from './useMine';

const DAYS = { day: 1, week: 7, month: 30 };
type Since = keyof typeof DAYS;
const isSince = (text: string | null): text is Since =>
  text !== null && Object.hasOwn(DAYS, text);

/** What changed in what I own, since a day of my choice. */
export function ChangesPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [params, setParams] = useSearchParams();
  const asked = params.get('since');
  const since: Since = isSince(asked) ? asked : 'week';
  const from = daysAgo(DAYS[since]);
  const { data, error, isPending, isFetching, refetch } = useMine(from);
  const specs = useSpecs();
  return (
    <div className={styles.section}>
      <div className={styles.bar}>
        <Text as="h1" variant="title-small" weight="bold">
          {t('changes.mine.title')}
        </Text>
        <Select
          className={styles.since}
          label={t('changes.mine.since')}
          options={(Object.keys(DAYS) as Since[]).map(id => ({
            id,
            label: t(`changes.mine.${id}`),
          }))}
          value={since}
          onChange={key => setParams({ since: String(key) })}
        />
      </div>
      <DemoNote since={from} />
      {isPending && <Loading label={t('changes.loading')} height={320} />}
      {error && (
        <LoadFailure
          title={t('changes.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data && data.moves.length === 0 && (
        <EmptyState
          title={t(
            data.total === 0 ? 'changes.mine.nothing' : 'changes.mine.none',
          )}
          description={t(
            data.total === 0
              ? 'changes.mine.nothingDescription'
              : 'changes.mine.noneDescription',
          )}
        />
      )}
      {data && data.total > data.scores.length && (
        <Text as="p" variant="body-small" color="secondary">
          {t('changes.mine.cut', {
            total: String(data.total),
            shown: String(data.scores.length),
          })}
        </Text>
      )}
      <ul className={styles.changes}>
        {data?.moves.map(move => (
          <MoveRow
            key={`${move.entityRef} ${move.after.scorecard}`}
            move={move}
            spec={specs?.get(move.after.scorecard)}
          />
        ))}
      </ul>
    </div>
  );
}

function MoveRow(props: { move: Move; spec: LadderSpec | null | undefined }) {
  const { move, spec } = props;
  const { entityRef, before, after, checks } = move;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const causeOf = useCause();
  const link = useEntityScorecardsLink();
  const { scorecard } = after;
  const isDrop = levelsBetween(move, spec) < 0;
  return (
    <li className={styles.change}>
      <div className={styles.head}>
        <EntityRefLink entityRef={entityRef} hideIcon />
        <Text as="span" weight="bold">
          {after.title}
        </Text>
        {before && before.level !== after.level && (
          <>
            <LevelBadge score={before} />
            <span aria-hidden className={isDrop ? styles.dropped : undefined}>
              →
            </span>
          </>
        )}
        <LevelBadge score={after} />
        <Text as="span" variant="body-small" color="secondary">
          {t('changes.mine.last', {
            time: formatInstant(after.since),
            cause: causeOf(after),
          })}
        </Text>
        {after.demo && <DemoMark />}
      </div>
      <CheckChanges
        changes={checks}
        hrefOf={check => link(entityRef, { scorecard, check })}
      />
    </li>
  );
}
