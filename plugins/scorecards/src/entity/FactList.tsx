import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { CheckProof } from '@waymark/scorecards-common';
import { formatAgo, formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './FactList.module.css';

const SHOWN_COMMIT = 12;

/** The facts that a rule looked at: from where, when, and where a person can see them. */
export function FactList(props: { facts: CheckProof['facts']; now: string }) {
  const { facts, now } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  if (facts.length === 0) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('entity.proof.noFacts')}
      </Text>
    );
  }
  return (
    <ul className={styles.facts}>
      {facts.map(({ source, observedAt, collector, url, commit }) => (
        <li key={source} className={styles.fact}>
          {url ? (
            <Link
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('entity.proof.open', { source })}
            >
              {source}
            </Link>
          ) : (
            <Text as="span" weight="bold">
              {source}
            </Text>
          )}
          <Text as="span" variant="body-small" color="secondary">
            {observedAt ? (
              <time dateTime={observedAt} title={formatInstant(observedAt)}>
                {collector
                  ? t('entity.proof.observed', {
                      ago: formatAgo(observedAt, now),
                      collector,
                    })
                  : t('entity.proof.observedBy', {
                      ago: formatAgo(observedAt, now),
                    })}
              </time>
            ) : (
              t('entity.proof.neverObserved')
            )}
          </Text>
          {commit && (
            <Text as="span" variant="body-small" color="secondary">
              {t('entity.proof.commit', {
                commit: commit.slice(0, SHOWN_COMMIT),
              })}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
