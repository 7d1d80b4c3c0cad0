import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { RollupDimension, RollupRow } from '@waymark/scorecards-common';
import { CSSProperties, memo } from 'react';
import { formatShare } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import { useScorecardAddress } from '../useScorecardAddress';
import { HeatCell } from './HeatCell';
import styles from './HeatMap.module.css';

function Row(props: {
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
}

/** A row of a heat map; drawn anew only when it changes itself. */
export const HeatRow = memo(Row);
