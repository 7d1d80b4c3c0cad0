import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { CheckScore, LadderRung } from '@waymark/scorecards-common';
import { StateChip } from '../components';
import { formatDay, formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './CheckList.module.css';

/** All checks by level, each with a way to its proof. */
export function CheckList(props: {
  rungs: LadderRung[];
  hrefOf(check: string): string | undefined;
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <div className={styles.levels}>
      {props.rungs
        .filter(({ checks }) => checks.length > 0)
        .map(rung => (
          <section
            key={rung.id}
            aria-label={t('entity.checks.level', { level: rung.title })}
          >
            <Text
              as="h5"
              variant="body-small"
              weight="bold"
              color="secondary"
              className={styles.level}
            >
              {rung.title}
            </Text>
            <ul className={styles.checks}>
              {rung.checks.map(check => (
                <li key={check.id} className={styles.check}>
                  <span className={styles.state}>
                    <StateChip result={check} />
                  </span>
                  <div className={styles.words}>
                    <Link href={props.hrefOf(check.id)}>{check.title}</Link>
                    <CheckNotes check={check} />
                  </div>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

/** What else is to be known of a check: since when it is held, from when it counts, how much. */
export function CheckNotes(props: { check: CheckScore }) {
  const { heldSince, effectiveFrom, exemptUntil, gate, weight } = props.check;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const notes = [
    heldSince &&
      t('entity.checks.heldSince', { time: formatInstant(heldSince) }),
    effectiveFrom &&
      t('entity.checks.effectiveFrom', { day: formatDay(effectiveFrom) }),
    exemptUntil &&
      t('entity.checks.exemptUntil', { day: formatDay(exemptUntil) }),
    gate && t('entity.checks.gate'),
    t('entity.checks.weight', { weight: String(weight) }),
  ].filter(Boolean);
  return (
    <Text as="p" variant="body-small" color="secondary">
      {notes.join(' · ')}
    </Text>
  );
}
