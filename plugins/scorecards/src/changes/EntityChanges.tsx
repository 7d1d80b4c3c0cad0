import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import { EntityScore, HistoryEntry } from '@waymark/scorecards-common';
import { useId, useState } from 'react';
import {
  DemoMark,
  EmptyState,
  LevelBadge,
  LoadFailure,
  Loading,
} from '../components';
import { StateChange } from '../entity/CheckHistory';
import { useHistory } from '../entity/queries';
import { Address } from '../entity/useAddress';
import { useCause } from '../entity/useCause';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './Changes.module.css';

/** As many as one reads before one asks for more. */
const SHOWN = 8;

/** What changed in the scorecards of an entity, newest first, and why. */
export function EntityChanges(props: {
  entityRef: string;
  scores: EntityScore[];
  hrefWith(changes: Address): string;
}) {
  const { entityRef, scores, hrefWith } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const [shown, setShown] = useState(SHOWN);
  const history = useHistory(entityRef);
  const entries = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const showMore = () => {
    setShown(count => count + SHOWN);
    if (entries.length < shown + SHOWN) history.fetchNextPage();
  };
  return (
    <section aria-labelledby={headingId} className={styles.section}>
      <Text as="h3" id={headingId} variant="title-x-small" weight="bold">
        {t('changes.title')}
      </Text>
      {history.isPending && (
        <Loading label={t('changes.loading')} height={160} />
      )}
      {history.error && !history.data && (
        <LoadFailure
          title={t('changes.error')}
          error={history.error}
          isRetrying={history.isFetching}
          onRetry={history.refetch}
        />
      )}
      {history.data && entries.length === 0 && (
        <EmptyState
          title={t('changes.none')}
          description={t('changes.noneDescription')}
        />
      )}
      <ul className={styles.changes}>
        {entries.slice(0, shown).map(entry => (
          <Entry
            key={`${entry.scorecard} ${entry.since}`}
            entry={entry}
            score={scores.find(
              ({ scorecard }) => scorecard === entry.scorecard,
            )}
            hrefWith={hrefWith}
          />
        ))}
      </ul>
      {(entries.length > shown || history.hasNextPage) && (
        <div>
          <Button
            variant="secondary"
            isPending={history.isFetchingNextPage}
            onPress={showMore}
          >
            {t('changes.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Entry(props: {
  entry: HistoryEntry;
  score: EntityScore | undefined;
  hrefWith(changes: Address): string;
}) {
  const { entry, score, hrefWith } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const causeOf = useCause();
  const { scorecard, since } = entry;
  const titleOf = (check: string) =>
    score?.checks.find(({ id }) => id === check)?.title ?? check;
  return (
    <li className={styles.change}>
      <div className={styles.head}>
        <Link href={hrefWith({ scorecard, asOf: since, check: undefined })}>
          <time dateTime={since}>{formatInstant(since)}</time>
        </Link>
        <Text as="span" weight="bold">
          {entry.title}
        </Text>
        {entry.removed ? t('changes.removed') : <LevelBadge score={entry} />}
        <Text as="span" variant="body-small" color="secondary">
          {causeOf(entry)}
        </Text>
        {entry.demo && <DemoMark />}
      </div>
      {entry.cause === 'new' ? (
        <Text as="p" variant="body-small" color="secondary">
          {t('changes.first')}
        </Text>
      ) : (
        <CheckChanges
          changes={entry.changes.map(({ check, from, to }) => ({
            id: check,
            title: titleOf(check),
            from,
            to,
          }))}
          hrefOf={check => hrefWith({ scorecard, check })}
        />
      )}
    </li>
  );
}

/** Which checks went from which state to which. */
export function CheckChanges(props: {
  changes: {
    id: string;
    title: string;
    from: HistoryEntry['changes'][number]['from'];
    to: HistoryEntry['changes'][number]['to'];
  }[];
  hrefOf(check: string): string | undefined;
}) {
  return (
    <ul className={styles.checks}>
      {props.changes.map(({ id, title, from, to }) => (
        <li key={id} className={styles.head}>
          <StateChange from={from} to={to} />
          <Link href={props.hrefOf(id)}>{title}</Link>
        </li>
      ))}
    </ul>
  );
}
