import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { EmptyState, Loading, LoadFailure } from '../components';
import { useScorecards } from '../hooks/useReads';
import { scorecardsTranslationRef } from '../translation';
import { SKELETON } from './definition/skeleton';
import { Lab } from './Lab';
import styles from './Lab.module.css';
import { useFactSources, useTodaysText } from './queries';

/** Stands for a scorecard that is not there yet; no name has a colon. */
const NEW = ':new';
const HEIGHT = 560;

/** The choice of a scorecard, and the lab with it. */
export default function OpenLab() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [params, setParams] = useSearchParams();
  const name = params.get('scorecard') ?? undefined;
  const scorecards = useScorecards();
  const sources = useFactSources();
  const today = useTodaysText(name);
  const text = name === undefined ? SKELETON : today.data;
  const failed = [sources, today].find(({ error, data }) => error && !data);
  return (
    <>
      <Select
        className={styles.picker}
        label={t('lab.scorecard')}
        options={[
          { id: NEW, label: t('lab.new') },
          ...(scorecards.data ?? []).map(one => ({
            id: one.name,
            label: one.title,
          })),
        ]}
        value={name ?? NEW}
        onChange={value =>
          setParams(
            value === NEW || value === null ? {} : { scorecard: String(value) },
          )
        }
      />
      {failed?.error && (
        <LoadFailure
          title={t(failed === sources ? 'lab.sourcesError' : 'lab.error')}
          error={failed.error}
          isRetrying={failed.isFetching}
          onRetry={failed.refetch}
        />
      )}
      {!failed && (text === undefined || !sources.data) && (
        <Loading label={t('lab.loading')} height={HEIGHT} />
      )}
      {text === null && (
        <EmptyState
          title={t('lab.unknown', { name: name! })}
          description={t('lab.unknownDescription')}
        />
      )}
      {text && sources.data && (
        <Lab
          // Of another scorecard everything is another, what was written too.
          key={name ?? NEW}
          name={name}
          today={text}
          factSources={sources.data}
        />
      )}
    </>
  );
}
