import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SimulationSummary } from '@waymark/scorecards-common';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Difference } from './Difference';
import { Wanted } from './filter';

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

/** How many entities it moves. */
export function Figures(props: {
  summary: SimulationSummary;
  onShow(wanted: Wanted): void;
}) {
  const { summary, onShow } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
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
  return (
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
  );
}
