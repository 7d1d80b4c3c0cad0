import { VisuallyHidden } from '@backstage/ui';
import { Area, AreaChart, ResponsiveContainer, YAxis } from 'recharts';
import { thin } from './thin';

const HEIGHT = 40;
/** Rows of the table. */
const ROWS = 13;

/** A value over time, small; screen readers get it as a table. */
export function Sparkline(props: {
  label: string;
  columns: [string, string];
  /** Oldest first; null where there is no value. */
  points: { at: string; day: string; value: number | null; text: string }[];
}) {
  const { label, columns, points } = props;
  return (
    <div>
      <div aria-hidden style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <AreaChart
            data={points}
            margin={{ top: 2, right: 0, bottom: 2, left: 0 }}
            accessibilityLayer={false}
          >
            <YAxis type="number" domain={[0, 1]} hide />
            <Area
              type="stepAfter"
              dataKey="value"
              stroke="var(--bui-accent-bg)"
              strokeWidth={2}
              fill="var(--bui-accent-bg)"
              fillOpacity={0.15}
              isAnimationActive={false}
              dot={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <VisuallyHidden>
        <table aria-label={label}>
          <thead>
            <tr>
              {columns.map(column => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {thin(points, ROWS).map(({ at, day, text }) => (
              <tr key={at}>
                <th scope="row">{day}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </div>
  );
}
