import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { EntityScore } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './ScorecardPicker.module.css';
import { ScoreLine } from './ScoreLine';

/** The scorecards of an entity, one of which is looked at. */
export function ScorecardPicker(props: {
  scores: EntityScore[];
  selected: string;
  hrefOf(scorecard: string): string;
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <nav aria-label={t('entity.list')}>
      <ul className={styles.scorecards}>
        {props.scores.map(score => (
          <li
            key={score.scorecard}
            className={styles.scorecard}
            data-selected={score.scorecard === props.selected}
          >
            <Link
              href={props.hrefOf(score.scorecard)}
              aria-current={
                score.scorecard === props.selected ? 'true' : undefined
              }
              standalone
              weight="bold"
              className={styles.link}
            >
              {score.title}
            </Link>
            <ScoreLine score={score} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
