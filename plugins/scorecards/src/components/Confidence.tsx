import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { formatShare } from '../format';
import { scorecardsTranslationRef } from '../translation';
import styles from './Confidence.module.css';

/** How much of what counts is known, from 0 to 1. */
export function Confidence(props: { value: number | null }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { value } = props;
  if (value === null) {
    return (
      <Text as="span" variant="body-small" color="secondary">
        {t('confidence.none')}
      </Text>
    );
  }
  return (
    <span className={styles.confidence}>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ width: `${value * 100}%` }} />
      </span>
      <Text as="span" variant="body-small">
        {t('confidence.value', { share: formatShare(value) })}
      </Text>
    </span>
  );
}
