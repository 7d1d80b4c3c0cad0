import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { debtOf, EntityScore } from '@waymark/scorecards-common';
import { DebtBadge, LevelBadge } from '../components';
import { formatShare } from '../format';
import { scorecardsTranslationRef } from '../translation';
import styles from './ScoreLine.module.css';

/** Level and points, and beside them what was excused. */
export function ScoreLine(props: {
  score: EntityScore;
  size?: 'small' | 'large';
}) {
  const { score, size } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <span className={styles.line}>
      <LevelBadge score={score} size={size} />
      <DebtBadge active={debtOf(score)} nextExpiry={score.debt?.nextExpiry} />
      <Text as="span" variant="body-small" color="secondary">
        {score.points === null
          ? t('entity.pointsNone')
          : t('entity.points', { share: formatShare(score.points) })}
      </Text>
    </span>
  );
}
