import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RollupDimension, RollupRow } from '@waymark/scorecards-common';
import { useCallback, useRef, useState } from 'react';
import { ScrollRegion } from '../../components';
import table from '../../components/Table.module.css';
import { scorecardsTranslationRef } from '../../translation';
import { TreeRow } from './cells';
import { HeatRow } from './HeatRow';
import { useFollow } from './useFollow';
import { useGrowing } from './useGrowing';
import styles from './HeatMap.module.css';

/** Of more rows than this, only the highest are open at first. */
const MANY = 40;

/** A table of shares: a row for each key, a column for each check. */
export function HeatMap(props: {
  by: RollupDimension;
  rows: TreeRow[];
  total: RollupRow;
  checks: { id: string; title: string }[];
}) {
  const { by, rows, total, checks } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [folded, setFolded] = useState(
    () =>
      new Set(
        rows.length > MANY
          ? rows.filter(row => row.hasChildren).map(({ row }) => row.key ?? '')
          : [],
      ),
  );
  const toggle = useCallback(
    (key: string) =>
      setFolded(keys => {
        const next = new Set(keys);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const drawn = useGrowing(rows.length);
  const ref = useRef<HTMLTableElement>(null);
  useFollow(ref);
  const label = t('heatMap.label', {
    dimension: t(`heatMap.dimension.${by}`),
  });
  return (
    <ScrollRegion label={label}>
      <table
        className={`${table.table} ${styles.map}`}
        aria-label={label}
        ref={ref}
      >
        <thead>
          <tr>
            <th scope="col">{t(`heatMap.dimension.${by}`)}</th>
            <th scope="col" data-align="end">
              {t('heatMap.points')}
            </th>
            {checks.map(({ id, title }) => (
              <th key={id} scope="col" className={styles.check}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ above }) => !above.some(key => folded.has(key)))
            .slice(0, drawn)
            .map(({ row, depth, hasChildren }) => (
              <HeatRow
                key={row.key}
                by={by}
                row={row}
                checks={checks}
                depth={depth}
                isOpen={hasChildren ? !folded.has(row.key ?? '') : undefined}
                onToggle={toggle}
              />
            ))}
          <HeatRow by={by} row={total} checks={checks} depth={0} />
        </tbody>
      </table>
    </ScrollRegion>
  );
}
