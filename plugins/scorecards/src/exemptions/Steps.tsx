import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { ExemptionStep } from '@waymark/scorecards-common';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './ExemptionItem.module.css';

/** What happened to an exemption, oldest first. */
export function Steps(props: { steps: ExemptionStep[] }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <details className={styles.happened}>
      <summary>{t('exemptions.steps.title')}</summary>
      <ol className={styles.steps}>
        {props.steps.map(({ at, by, step, comment }) => (
          <li key={`${at} ${step} ${by}`}>
            <time dateTime={at}>{formatInstant(at)}</time>
            {': '}
            {t(`exemptions.steps.${step}`)}
            {', '}
            {by === null ? (
              t('exemptions.steps.portal')
            ) : (
              <EntityDisplayName entityRef={by} hideIcon disableTooltip />
            )}
            {comment && ` — ${comment}`}
          </li>
        ))}
      </ol>
    </details>
  );
}
