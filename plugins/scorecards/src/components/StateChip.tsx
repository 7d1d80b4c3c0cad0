import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiQuestionLine,
  RiShieldCheckLine,
  RiTimeLine,
} from '@remixicon/react';
import { CheckScore, CheckState } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './StateChip.module.css';

const ICONS = {
  pass: RiCheckboxCircleLine,
  warn: RiAlertLine,
  fail: RiCloseCircleLine,
  unknown: RiQuestionLine,
  notApplicable: RiForbidLine,
  exempt: RiShieldCheckLine,
  upcoming: RiTimeLine,
} satisfies Record<CheckState, unknown>;

/** States in the order in which they need somebody to look at them. */
export const STATES: readonly CheckState[] = [
  'fail',
  'unknown',
  'warn',
  'exempt',
  'upcoming',
  'pass',
  'notApplicable',
];

/** The word for a state, as every page has it. */
export function useStateWords(): (
  result: Pick<CheckScore, 'state' | 'underlying' | 'held'>,
) => string {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return ({ state, underlying, held }) => {
    const word = t(`state.${state}`);
    if (!underlying) return word;
    const other = t(`state.${underlying}`);
    if (held) return t('state.held', { word, other });
    return state === 'unknown'
      ? t('state.countsAs', { word, other })
      : t('state.otherwise', { word, other });
  };
}

/** What a check says: by icon, word and colour. */
export function StateChip(props: {
  result: Pick<CheckScore, 'state' | 'underlying' | 'held'>;
}) {
  const words = useStateWords();
  const { state } = props.result;
  const Icon = ICONS[state];
  return (
    <span className={styles.chip} data-state={state}>
      <Icon size={16} aria-hidden className={styles.icon} />
      {words(props.result)}
    </span>
  );
}

/** The icon of a state, where its word stands beside it. */
export function StateIcon(props: { state: CheckState; size?: number }) {
  const Icon = ICONS[props.state];
  return (
    <span className={styles.bare} data-state={props.state}>
      <Icon size={props.size ?? 16} aria-hidden className={styles.icon} />
    </span>
  );
}
