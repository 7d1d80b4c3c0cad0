import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { SimulationSummary } from '@waymark/scorecards-common';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Wanted } from './filter';
import { useLevelMove } from './useLevelMove';

const MOST_OWNERS = 5;

/** From which level to which entities move, and whose they are. */
export function Moves(props: {
  summary: SimulationSummary;
  onShow(wanted: Wanted): void;
}) {
  const { summary, onShow } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const moveOf = useLevelMove();
  const owners = summary.owners.slice(0, MOST_OWNERS);
  return (
    <>
      {summary.levels.length > 0 && (
        <ul className={styles.moves} aria-label={t('lab.answer.levels')}>
          {summary.levels.map(move => {
            const { direction, from, to, entities } = move;
            return (
              <li key={`${from} ${to} ${direction}`}>
                <button
                  type="button"
                  className={styles.move}
                  onClick={() =>
                    onShow({ direction, levels: { from, to }, isMoved: true })
                  }
                >
                  {moveOf(move)}
                  <strong>{formatCount(entities)}</strong>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {owners.length > 0 && (
        <ul className={styles.moves} aria-label={t('lab.answer.owners')}>
          {owners.map(({ owner, changed }) => (
            <li key={String(owner)}>
              <button
                type="button"
                className={styles.move}
                onClick={() => onShow({ owner, isMoved: true })}
              >
                {owner === null ? (
                  t('lab.answer.ownerNone')
                ) : (
                  <EntityDisplayName
                    entityRef={owner}
                    hideIcon
                    disableTooltip
                  />
                )}
                <strong>{formatCount(changed)}</strong>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
