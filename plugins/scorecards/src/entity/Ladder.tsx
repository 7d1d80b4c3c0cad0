import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RiArrowUpCircleLine,
  RiCheckboxCircleFill,
  RiCircleLine,
} from '@remixicon/react';
import { CheckScore, debtOf, LadderRung } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './Ladder.module.css';

const ICONS = {
  earned: RiCheckboxCircleFill,
  next: RiArrowUpCircleLine,
  open: RiCircleLine,
};

/** Whether a check counts for its level, now or as it was when it was last known; an exempt one does not. */
const isCounting = ({ state, underlying }: CheckScore) =>
  (state === 'unknown' && underlying !== 'notApplicable') ||
  ['pass', 'warn', 'fail'].includes(state);

/** The levels of a scorecard from the lowest to the highest, and how far the entity has come. */
export function Ladder(props: { rungs: LadderRung[]; label: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const next = props.rungs.find(({ state }) => state === 'next');
  const standing = ({ state, checks, missing }: LadderRung) => {
    const met = checks.filter(isCounting).length - missing.length;
    const exempt = debtOf({ checks });
    const all = met + exempt + missing.length;
    if (all === 0) return t('entity.rung.noChecks');
    const tally = t(exempt > 0 ? 'entity.rung.exempt' : 'entity.rung.met', {
      met: String(met),
      all: String(all),
      exempt: String(exempt),
    });
    // Where a check of its own is missing, that is why, and the tally says so.
    if (state !== 'open' || missing.length > 0) return tally;
    if (met === 0) return t('entity.rung.unearned', { tally });
    return next
      ? t('entity.rung.blocked', { tally, level: next.title })
      : tally;
  };
  return (
    <ol className={styles.ladder} aria-label={props.label}>
      {props.rungs.map(rung => {
        const Icon = ICONS[rung.state];
        return (
          <li key={rung.id} className={styles.rung} data-state={rung.state}>
            <Icon size={20} aria-hidden className={styles.icon} />
            <div>
              <Text as="p" variant="body-medium" weight="bold">
                {rung.title}
              </Text>
              <Text as="p" variant="body-small" color="secondary">
                {`${t(`entity.rung.${rung.state}`)}, ${standing(rung)}`}
              </Text>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
