import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { RollupDimension, RollupRow } from '@waymark/scorecards-common';
import { CSSProperties, memo, useCallback, useState } from 'react';
import { ScrollRegion } from '../../components';
import table from '../../components/Table.module.css';
import { formatShare } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import { useScorecardAddress } from '../useScorecardAddress';
import { TreeRow } from './cells';
import { HeatCell } from './HeatCell';
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
  const follow = useFollow();
  const label = t('heatMap.label', {
    dimension: t(`heatMap.dimension.${by}`),
  });
  return (
    <ScrollRegion label={label}>
      <table
        className={`${table.table} ${styles.map}`}
        aria-label={label}
        onClick={follow}
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
              <Row
                key={row.key}
                by={by}
                row={row}
                checks={checks}
                depth={depth}
                isOpen={hasChildren ? !folded.has(row.key ?? '') : undefined}
                onToggle={toggle}
              />
            ))}
          <Row by={by} row={total} checks={checks} depth={0} />
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const Row = memo(function Row(props: {
  by: RollupDimension;
  row: RollupRow;
  checks: { id: string; title: string }[];
  depth: number;
  /** Whether the rows below it are seen; undefined where there are none. */
  isOpen?: boolean;
  onToggle?(key: string): void;
}) {
  const { by, row, checks, depth, isOpen, onToggle } = props;
  const { key, entities, points } = row;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { hrefOf } = useScorecardAddress();
  const within = { view: 'entities', ...(key !== null && { [by]: key }) };
  const name = key ?? t('heatMap.total');
  const Arrow = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <tr className={key === null ? styles.total : undefined}>
      <th scope="row">
        <div
          className={styles.key}
          style={{ '--depth': depth } as CSSProperties}
        >
          {isOpen === undefined ? (
            <span className={styles.noToggle} />
          ) : (
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={isOpen}
              aria-label={t('heatMap.below', { name })}
              onClick={() => onToggle?.(key ?? '')}
            >
              <Arrow size={18} aria-hidden />
            </button>
          )}
          <span>
            {key !== null && by !== 'type' ? (
              <EntityDisplayName entityRef={key} hideIcon />
            ) : (
              name
            )}
            <a href={hrefOf(within)} className={styles.count}>
              {t('overview.entities', { count: entities })}
            </a>
          </span>
        </div>
      </th>
      <td data-align="end">
        {points === null ? (
          '–'
        ) : (
          <a
            href={hrefOf({ ...within, sort: 'points' })}
            className={styles.plain}
          >
            {formatShare(points)}
          </a>
        )}
      </td>
      {checks.map(({ id, title }) => (
        <HeatCell
          key={id}
          t={t}
          states={row.checks.find(check => check.id === id)?.states ?? {}}
          check={{ id, title }}
          href={hrefOf({ ...within, check: id })}
        />
      ))}
    </tr>
  );
});
