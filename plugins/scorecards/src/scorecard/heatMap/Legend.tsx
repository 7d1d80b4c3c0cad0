import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { StateIcon } from '../../components';
import { scorecardsTranslationRef } from '../../translation';
import { colorOf } from './HeatCell';
import { formatShare } from '../../format';
import styles from './HeatMap.module.css';

const STEPS = [0, 0.25, 0.5, 0.75, 1];
const OTHERS = ['unknown', 'exempt', 'upcoming'] as const;

/** What colours and signs of the heat map mean. */
export function Legend() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <div className={styles.legend}>
      <span>{t('heatMap.legend')}</span>
      <span className={styles.scale}>
        {STEPS.map(step => (
          <span
            key={step}
            className={styles.step}
            style={{ background: colorOf(step) }}
          >
            {formatShare(step)}
          </span>
        ))}
      </span>
      {OTHERS.map(state => (
        <span key={state} className={styles.other}>
          <StateIcon state={state} size={14} />
          {t(`state.${state}`)}
        </span>
      ))}
    </div>
  );
}
