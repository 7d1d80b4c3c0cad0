import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { LadderPath } from '@waymark/scorecards-common';
import { StateChip } from '../components';
import { formatEffort, formatMillis } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './NextSteps.module.css';

/** What is missing for the next level, the cheapest first. */
export function NextSteps(props: {
  path: LadderPath;
  /** The address of a check's proof. */
  hrefOf(check: string): string | undefined;
  /** Most steps that are shown; all, when absent. */
  limit?: number;
}) {
  const { path, hrefOf, limit = Infinity } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const shown = path.steps.slice(0, limit);
  const rest = path.steps.length - shown.length;
  return (
    <>
      <ol className={styles.steps}>
        {shown.map(({ check, effort }) => (
          <li key={check.id} className={styles.step}>
            <StateChip result={check} />
            <Link href={hrefOf(check.id)} className={styles.title}>
              {check.title}
            </Link>
            <Text
              as="span"
              variant="body-small"
              color="secondary"
              className={styles.effort}
            >
              {effort
                ? t('entity.path.effort', { effort: formatEffort(effort) })
                : t('entity.path.noEffort')}
            </Text>
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          {t('entity.path.more', { rest: String(rest) })}
        </Text>
      )}
    </>
  );
}

/** How much there is to do, such as `3 steps, about 1 hour`. */
export function usePathSummary(): (path: LadderPath) => string {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return ({ steps, effortMillis, unestimated }) => {
    const count = t('entity.path.summary', { count: steps.length });
    if (effortMillis === 0) return count;
    const effort = formatMillis(effortMillis);
    return `${count}, ${t(
      unestimated > 0 ? 'entity.path.effortAtLeast' : 'entity.path.effort',
      { effort },
    )}`;
  };
}
