import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { scorecardsTranslationRef } from '../translation';
import styles from './Scorecard.module.css';
import { Span, SPANS, useScorecardAddress } from './useScorecardAddress';

/** Chooses how far back the trend goes. */
export function SpanSwitch() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  return (
    <ToggleButtonGroup
      aria-label={t('trend.span.label')}
      className={styles.span}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[address.span]}
      onSelectionChange={keys => {
        const [span] = [...keys] as Span[];
        change({ span: span === 'quarter' ? undefined : span });
      }}
    >
      {SPANS.map(span => (
        <ToggleButton key={span} id={span} size="small">
          {t(`trend.span.${span}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
