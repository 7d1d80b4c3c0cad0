import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SimulationSummary } from '@waymark/scorecards-common';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Wanted } from './filter';

const COUNTS = ['changed', 'down', 'up', 'enters', 'leaves', 'teams'] as const;

/** How many entities it moves, and from which level to which. */
export function Figures(props: {
  summary: SimulationSummary;
  onShow(wanted: Wanted): void;
}) {
  const { summary, onShow } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const levelOf = (
    move: SimulationSummary['levels'][number],
    side: 'from' | 'to',
  ) => {
    const isOut =
      (side === 'from' && move.direction === 'enters') ||
      (side === 'to' && move.direction === 'leaves');
    if (isOut) return t('lab.answer.outOfScope');
    return (side === 'from' ? move.fromTitle : move.toTitle) ?? t('level.none');
  };
  return (
    <>
      <dl className={styles.figures}>
        <div>
          <dt>{t('lab.answer.figures.entities')}</dt>
          <dd>
            <button
              type="button"
              className={styles.number}
              onClick={() => onShow({ isMoved: false })}
            >
              {formatCount(summary.entities)}
            </button>
            <Difference before={summary.before} after={summary.entities} />
          </dd>
        </div>
        {COUNTS.map(name => (
          <div key={name}>
            <dt>{t(`lab.answer.figures.${name}`)}</dt>
            <dd>
              {name === 'changed' && summary.changed > 0 ? (
                <button
                  type="button"
                  className={styles.number}
                  onClick={() => onShow({ isMoved: true })}
                >
                  {formatCount(summary.changed)}
                </button>
              ) : (
                formatCount(summary[name])
              )}
            </dd>
          </div>
        ))}
      </dl>
      {summary.levels.length > 0 && (
        <ul className={styles.moves} aria-label={t('lab.answer.levels')}>
          {summary.levels.map(move => (
            <li
              key={`${move.from} ${move.to} ${move.direction}`}
              data-direction={move.direction}
            >
              <span>
                {t('lab.answer.level', {
                  from: levelOf(move, 'from'),
                  to: levelOf(move, 'to'),
                })}
              </span>
              <strong>{formatCount(move.entities)}</strong>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });

/** By how much a number differs from today; nothing where it does not. */
export function Difference(props: { before: number; after: number }) {
  const change = props.after - props.before;
  if (change === 0) return null;
  return (
    <span className={styles.difference} aria-hidden>
      {signed.format(change)}
    </span>
  );
}
