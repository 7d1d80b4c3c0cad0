import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { LevelShare } from './levels';

const HEIGHT = 20;

/** How entities spread over levels, in one bar; for the eye only, a table says the same. */
export function DistributionBar(props: { shares: LevelShare[] }) {
  const row = Object.fromEntries(
    props.shares.map(({ key, entities }) => [key, entities]),
  );
  return (
    <div aria-hidden style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart
          layout="vertical"
          data={[row]}
          stackOffset="expand"
          margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={0}
          accessibilityLayer={false}
        >
          <XAxis type="number" domain={[0, 1]} hide />
          <YAxis type="category" hide />
          {props.shares.map(({ key, color }) => (
            <Bar
              key={key}
              dataKey={key}
              stackId="levels"
              fill={color}
              stroke="var(--bui-bg-neutral-1)"
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
