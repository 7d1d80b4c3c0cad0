import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { formatDay } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './DebtBadge.module.css';

/** What was excused, and when the first of it counts again; nothing where nothing was. */
export function DebtBadge(props: {
  active: number;
  nextExpiry?: string;
  /** Of what was excused. */
  href?: string;
}) {
  const { active, nextExpiry, href } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  if (active === 0) return null;
  const count = t('entity.debt.of', { count: active });
  return (
    <span className={styles.debt}>
      <span className={styles.badge}>
        {href ? (
          <Link href={href} variant="body-small">
            {count}
          </Link>
        ) : (
          count
        )}
      </span>
      {nextExpiry && (
        <Text as="span" variant="body-small" color="secondary">
          {t('entity.debt.until', { day: formatDay(nextExpiry) })}
        </Text>
      )}
    </span>
  );
}
