import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { SimulationSummary } from '@waymark/scorecards-common';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Difference } from './Difference';
import { Wanted } from './filter';
import { useLevelMove } from './useLevelMove';

const MOST_OWNERS = 5;

/** What each number is of; that of the teams is of no entities. */
const WANTED: Record<string, Wanted | undefined> = {
  changed: { isMoved: true },
  down: { direction: 'down', isMoved: true },
  up: { direction: 'up', isMoved: true },
  enters: { direction: 'enters', isMoved: true },
  leaves: { direction: 'leaves', isMoved: true },
  teams: undefined,
};
const COUNTS = ['changed', 'down', 'up', 'enters', 'leaves', 'teams'] as const;

/** How many entities it moves, from which level to which, and whose they are. */
export function Figures(props: {
  summary: SimulationSummary;
  onShow(wanted: Wanted): void;
}) {
  const { summary, onShow } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const moveOf = useLevelMove();
  const number = (value: number, wanted: Wanted | undefined) =>
    wanted && value > 0 ? (
      <button
        type="button"
        className={styles.number}
        onClick={() => onShow(wanted)}
      >
        {formatCount(value)}
      </button>
    ) : (
      formatCount(value)
    );
  const owners = summary.owners.slice(0, MOST_OWNERS);
  return (
    <>
      <dl className={styles.figures}>
        <div>
          <dt>{t('lab.answer.figures.entities')}</dt>
          <dd>
            {number(summary.entities, { isMoved: false })}
            <Difference before={summary.before} after={summary.entities} />
          </dd>
        </div>
        {COUNTS.map(name => (
          <div key={name}>
            <dt>{t(`lab.answer.figures.${name}`)}</dt>
            <dd>{number(summary[name], WANTED[name])}</dd>
          </div>
        ))}
      </dl>
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
