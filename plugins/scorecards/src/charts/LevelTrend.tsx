import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScorecardSummary, Trend } from '@waymark/scorecards-common';
import {
  Area,
  AreaChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { DemoNote } from '../components';
import { formatCount, formatShare } from '../format';
import { scorecardsTranslationRef } from '../translation';
import { formatDay, formatInstant } from '../time';
import { levelShares, LevelWords } from './levels';
import { thin } from './thin';
import styles from './LevelTrend.module.css';

const HEIGHT = 160;
/** Rows of the table. */
const ROWS = 13;
/** Below this, days alone do not tell instants apart. */
const SHORT_MILLIS = 3 * 24 * 60 * 60_000;

/** How entities spread over levels in the course of time, with when the scorecard itself changed; and as a table. */
export function LevelTrend(props: {
  trend: Trend;
  spec: ScorecardSummary['spec'];
}) {
  const { trend, spec } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const words: LevelWords = {
    none: t('level.none'),
    unrated: t('level.unrated'),
  };
  const began = trend.items.findIndex(({ entities }) => entities > 0);
  const points = trend.items.slice(Math.max(began, 0)).map(item => ({
    at: Date.parse(item.at),
    item,
    shares: levelShares(item, spec, words),
  }));
  // From below: the highest level lies at the bottom, so that its area is read as a height.
  const levels = points.at(-1)?.shares ?? [];
  const data = points.map(({ at, shares }) => ({
    at,
    ...Object.fromEntries(shares.map(({ key, entities }) => [key, entities])),
  }));
  const [first, last] = [points.at(0)?.at ?? 0, points.at(-1)?.at ?? 0];
  const nameOf = last - first < SHORT_MILLIS ? formatInstant : formatDay;
  // The first one of all began the scorecard.
  const changes = trend.definitions.filter(
    ({ at }) => points[0] && points[0].item.at < at,
  );
  return (
    <figure className={styles.figure} aria-label={t('trend.title')}>
      <div aria-hidden style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <AreaChart
            data={data}
            stackOffset="expand"
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={['dataMin', 'dataMax']}
              tickFormatter={at => nameOf(new Date(at).toISOString())}
              tick={{ fill: 'var(--bui-fg-secondary)', fontSize: 12 }}
              stroke="var(--bui-border-2)"
              minTickGap={64}
              tickCount={5}
            />
            <YAxis hide domain={[0, 1]} />
            {levels.map(({ key, color }) => (
              <Area
                key={key}
                type="stepAfter"
                dataKey={key}
                stackId="levels"
                stroke="var(--bui-bg-neutral-1)"
                strokeWidth={1}
                fill={color}
                fillOpacity={1}
                isAnimationActive={false}
              />
            ))}
            {changes.map(({ at, hash }) => (
              <ReferenceLine
                key={`${hash} ${at}`}
                x={Date.parse(at)}
                stroke="var(--bui-fg-primary)"
                strokeDasharray="4 3"
              />
            ))}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <DemoNote since={trend.from} />
      {changes.length > 0 && (
        <p className={styles.changes}>
          {t('trend.changed', {
            days: changes.map(({ at }) => formatDay(at)).join(', '),
          })}
        </p>
      )}
      <details className={styles.details}>
        <summary>{t('trend.table')}</summary>
        <table className={styles.table} aria-label={t('trend.title')}>
          <thead>
            <tr>
              <th scope="col">{t('trend.day')}</th>
              {levels.map(({ key, title }) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
              <th scope="col">{t('trend.points')}</th>
            </tr>
          </thead>
          <tbody>
            {thin(points, ROWS).map(({ at, item, shares }) => (
              <tr key={at}>
                <th scope="row">{nameOf(item.at)}</th>
                {shares.map(({ key, entities }) => (
                  <td key={key}>{formatCount(entities)}</td>
                ))}
                <td>{item.points === null ? '–' : formatShare(item.points)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
