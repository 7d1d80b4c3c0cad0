import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RiArrowUpCircleLine,
  RiCheckboxCircleFill,
  RiCircleLine,
} from '@remixicon/react';
import { LadderRung } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './Ladder.module.css';

const ICONS = {
  earned: RiCheckboxCircleFill,
  next: RiArrowUpCircleLine,
  open: RiCircleLine,
};

/** The levels of a scorecard from the lowest to the highest, and how far the entity has come. */
export function Ladder(props: { rungs: LadderRung[]; label: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const tally = ({ checks, missing }: LadderRung) => {
    const counting = checks.filter(
      ({ state }) => state !== 'notApplicable' && state !== 'upcoming',
    ).length;
    return counting === 0
      ? t('entity.rung.noChecks')
      : t('entity.rung.met', {
          met: String(counting - missing.length),
          all: String(counting),
        });
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
                {`${t(`entity.rung.${rung.state}`)}, ${tally(rung)}`}
              </Text>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
