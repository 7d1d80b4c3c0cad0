import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useId, useRef, useState } from 'react';
import { Loading, LoadFailure } from '../../components';
import { scorecardsTranslationRef } from '../../translation';
import { LabDefinition } from '../api/LabApi';
import { useLabAnswer } from '../queries';
import { useDebounced } from '../useDebounced';
import styles from './Answer.module.css';
import { CheckTable } from './CheckTable';
import { EntityList } from './EntityList';
import { EntityProofs } from './EntityProofs';
import { filterOf, Wanted } from './filter';
import { Figures } from './Figures';
import { Moves } from './Moves';
import { Status } from './Status';

const PAUSE_MILLIS = 250;
const HEIGHT = 560;

/** What a definition would say of every entity, beside what is said today. */
export function Answer(props: {
  /** The last one without problems. */
  definition: LabDefinition | undefined;
  /** It is what stands in the editor. */
  isCurrent: boolean;
  hasProblems: boolean;
}) {
  const { definition, isCurrent, hasProblems } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [wanted, setWanted] = useState<Wanted>({ isMoved: false });
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState<string>();
  const list = useRef<HTMLElement>(null);
  const listId = useId();
  const filter = filterOf(wanted, useDebounced(words, PAUSE_MILLIS));
  const answer = useLabAnswer(definition, filter);
  const { data, error, isFetching, isPlaceholderData, refetch } = answer;
  const isAsking = !isCurrent || isPlaceholderData;

  const show = (next: Wanted) => {
    setWanted(next);
    list.current?.focus();
    list.current?.scrollIntoView?.({ block: 'start', behavior: 'smooth' });
  };

  if (!data) {
    // Nothing is asked before the text has once been good.
    if (hasProblems && !definition) return null;
    return error ? (
      <LoadFailure
        title={t('lab.answer.error')}
        error={error}
        isRetrying={isFetching}
        onRetry={refetch}
      />
    ) : (
      <Loading label={t('lab.answer.loading')} height={HEIGHT} />
    );
  }
  const [first] = data.pages;
  return (
    <>
      <Status
        answer={first}
        isAsking={isAsking && !error}
        hasProblems={hasProblems}
      />
      {error && (
        <LoadFailure
          title={t('lab.answer.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      <div
        className={styles.numbers}
        data-old={hasProblems || isAsking || undefined}
        aria-busy={isAsking}
      >
        <Figures summary={first.summary} onShow={show} />
        <CheckTable checks={first.checks} onShow={show} />
        <Moves summary={first.summary} onShow={show} />
        <section
          ref={list}
          tabIndex={-1}
          aria-labelledby={listId}
          className={styles.entities}
        >
          <EntityList
            headingId={listId}
            pages={data.pages}
            wanted={wanted}
            words={words}
            hasMore={answer.hasNextPage}
            isLoadingMore={answer.isFetchingNextPage}
            onWanted={setWanted}
            onWords={setWords}
            onMore={() => answer.fetchNextPage()}
            onOpen={setOpened}
          />
        </section>
      </div>
      {opened && definition && (
        <EntityProofs
          definition={definition}
          entity={data.pages
            .flatMap(({ entities }) => entities)
            .find(({ entityRef }) => entityRef === opened)}
          entityRef={opened}
          check={wanted.check}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}
