import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { Sparkline } from '../charts';
import { DemoMark, Loading, useIsDemo } from '../components';
import { formatShare } from '../format';
import { useTrend } from '../hooks/useInsights';
import { formatDay, formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';

const HEIGHT = 62;

/** How the mean points of a scorecard have gone; what is measured now is told elsewhere, so nothing is said where it fails. */
export function ScorecardTrend(props: { scorecard: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { data, isPending } = useTrend(props.scorecard);
  const isDemo = useIsDemo(data?.from);
  if (isPending) return <Loading label={t('trend.loading')} height={HEIGHT} />;
  if (!data) return null;
  const label = t('trend.since', { day: formatDay(data.from) });
  return (
    <div>
      <Text as="p" variant="body-small" color="secondary">
        {label} {isDemo && <DemoMark />}
      </Text>
      <Sparkline
        label={label}
        columns={[t('trend.day'), t('trend.points')]}
        points={data.items.map(({ at, points }) => ({
          at,
          day: formatInstant(at),
          value: points,
          text: points === null ? '–' : formatShare(points),
        }))}
      />
    </div>
  );
}
