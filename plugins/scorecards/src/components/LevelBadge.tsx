import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiMedalLine, RiQuestionLine, RiSubtractLine } from '@remixicon/react';
import { ScorecardResultRow } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './LevelBadge.module.css';

const ICONS = {
  level: RiMedalLine,
  none: RiSubtractLine,
  unrated: RiQuestionLine,
};

function levelKindOf(rated: boolean, title: string | null) {
  if (!rated) return 'unrated';
  return title === null ? 'none' : 'level';
}

/** The level that was earned; says so where there is none, and where nothing is known. */
export function LevelBadge(props: {
  score: Pick<ScorecardResultRow, 'rated' | 'levelTitle'>;
  size?: 'small' | 'large';
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { rated, levelTitle } = props.score;
  const kind = levelKindOf(rated, levelTitle);
  const Icon = ICONS[kind];
  return (
    <span
      className={styles.badge}
      data-kind={kind}
      data-size={props.size ?? 'small'}
    >
      <Icon size={props.size === 'large' ? 20 : 16} aria-hidden />
      {kind === 'level' ? levelTitle : t(`level.${kind}`)}
    </span>
  );
}
