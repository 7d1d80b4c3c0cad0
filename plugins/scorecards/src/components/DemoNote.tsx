import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useReplayedPast } from '../hooks/useReads';
import { formatDay } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './DemoNote.module.css';

/** Marks what was replayed for a demonstration. */
export function DemoMark() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return <span className={styles.mark}>{t('demo.mark')}</span>;
}

/** Whether something that begins at an instant was replayed for a demonstration. */
export function useIsDemo(since: string | undefined): boolean {
  const replayed = useReplayedPast();
  return (
    since !== undefined &&
    replayed !== undefined &&
    Date.parse(since) < Date.parse(replayed.until)
  );
}

/**
 * Says what of something shown was replayed for a demonstration; nothing where all of it was lived through.
 *
 * @param props - `since`: the earliest instant that is shown
 */
export function DemoNote(props: { since: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const replayed = useReplayedPast();
  const isDemo = useIsDemo(props.since);
  if (!replayed || !isDemo) return null;
  return (
    <p className={styles.note}>
      <DemoMark /> {t('demo.note', { day: formatDay(replayed.until) })}
    </p>
  );
}
