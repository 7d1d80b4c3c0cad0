import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import { HistoryEntry } from '@waymark/scorecards-common';
import { DemoMark, LoadFailure, Loading, StateChip } from '../components';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './CheckHistory.module.css';
import { useHistory } from './queries';
import { useCause } from './useCause';

/** When a check changed, and why, newest first. */
export function CheckHistory(props: {
  entityRef: string;
  scorecard: string;
  check: string;
  /** The address of the tab as it was at an instant. */
  hrefAt(instant: string): string;
}) {
  const { entityRef, scorecard, check, hrefAt } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const history = useHistory(entityRef, scorecard);
  if (history.isPending) {
    return <Loading label={t('entity.history.loading')} height={64} />;
  }
  if (history.error && !history.data) {
    return (
      <LoadFailure
        title={t('entity.history.error')}
        error={history.error}
        isRetrying={history.isFetching}
        onRetry={history.refetch}
      />
    );
  }
  const changes = history.data.pages
    .flatMap(({ items }) => items)
    .flatMap(entry =>
      entry.changes
        .filter(change => change.check === check)
        .map(change => ({ entry, change })),
    );
  return (
    <>
      {changes.length === 0 && !history.hasNextPage && (
        <Text as="p" variant="body-medium" color="secondary">
          {t('entity.history.none')}
        </Text>
      )}
      <ul className={styles.changes}>
        {changes.map(({ entry, change }) => (
          <Change
            key={entry.since}
            entry={entry}
            change={change}
            href={hrefAt(entry.since)}
          />
        ))}
      </ul>
      {history.hasNextPage && (
        <Button
          variant="secondary"
          isPending={history.isFetchingNextPage}
          onPress={() => history.fetchNextPage()}
        >
          {t('entity.history.more')}
        </Button>
      )}
    </>
  );
}

function Change(props: {
  entry: HistoryEntry;
  change: HistoryEntry['changes'][number];
  href: string;
}) {
  const { entry, change, href } = props;
  const causeOf = useCause();
  return (
    <li className={styles.change}>
      <Link href={href}>
        <time dateTime={entry.since}>{formatInstant(entry.since)}</time>
      </Link>
      <StateChange from={change.from} to={change.to} />
      <Text as="span" variant="body-small" color="secondary">
        {causeOf(entry)}
      </Text>
      {entry.demo && <DemoMark />}
    </li>
  );
}

/** From which state a check went to which. */
export function StateChange(
  props: Pick<HistoryEntry['changes'][number], 'from' | 'to'>,
) {
  const { from, to } = props;
  return (
    <span className={styles.states}>
      {from && <StateChip result={{ state: from }} />}
      {from && to && <span aria-hidden>→</span>}
      {to && <StateChip result={{ state: to }} />}
    </span>
  );
}
