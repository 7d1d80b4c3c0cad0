import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import {
  ScorecardResultRow,
  ScorecardSummary,
} from '@waymark/scorecards-common';
import { Link } from 'react-router-dom';
import {
  Confidence,
  DebtBadge,
  LevelBadge,
  ScrollRegion,
  SortHeader,
  StateChip,
} from '../../components';
import { Sort } from '../../components/sort';
import table from '../../components/Table.module.css';
import { formatCount, formatShare } from '../../format';
import { useEntityScorecardsLink } from '../../routes';
import { formatDay } from '../../time';
import { scorecardsTranslationRef } from '../../translation';
import { Column, troubles } from './columns';
import styles from './Entities.module.css';

/** One line for each entity. */
export function EntityTable(props: {
  scorecard: ScorecardSummary;
  rows: ScorecardResultRow[];
  /** Of which the state is shown. */
  check?: string;
  asOf?: string;
  sort: Sort<Column>;
  isStale: boolean;
  onSort(sort: Sort<Column>): void;
}) {
  const { scorecard, rows, check, asOf, sort, isStale, onSort } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const entityLink = useEntityScorecardsLink();
  const title =
    scorecard.spec?.checks.find(({ id }) => id === check)?.title ?? check;
  const label = t('entities.label', { title: scorecard.title });
  const head = (
    column: Column,
    text: string,
    options: { first?: 'up' | 'down'; align?: 'start' | 'end' } = {},
  ) => (
    <SortHeader
      column={column}
      title={text}
      sort={sort}
      onSort={onSort}
      {...options}
    />
  );
  return (
    <ScrollRegion label={label}>
      <table
        className={table.table}
        aria-label={label}
        aria-busy={isStale}
        data-stale={isStale || undefined}
      >
        <thead>
          <tr>
            {head('entity', t('entities.entity'))}
            {head('level', t('entities.level'), { first: 'down' })}
            {title && head('check', title)}
            {head('failing', t('entities.open'), { first: 'down' })}
            {head('points', t('entities.points'), { align: 'end' })}
            {head('confidence', t('entities.confidence'))}
            {head('owner', t('entities.owner'))}
            {head('type', t('entities.type'))}
            {head('since', t('entities.changed'), { first: 'down' })}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const ofCheck = row.checks.find(({ id }) => id === check);
            const href =
              entityLink(row.entityRef, {
                scorecard: scorecard.name,
                check,
                asOf,
              }) ?? '';
            const { fail, unknown } = troubles(row);
            const open = [
              fail > 0 && t('entities.failing', { number: formatCount(fail) }),
              unknown > 0 &&
                t('entities.unknown', { number: formatCount(unknown) }),
            ].filter(Boolean);
            return (
              <tr key={row.entityRef}>
                <th scope="row">
                  <Link to={href} className={styles.link}>
                    <EntityDisplayName
                      entityRef={row.entityRef}
                      hideIcon
                      disableTooltip
                    />
                  </Link>
                </th>
                <td>
                  <span className={styles.level}>
                    <LevelBadge score={row} />
                    {row.debt && <DebtBadge {...row.debt} />}
                  </span>
                </td>
                {title && <td>{ofCheck && <StateChip result={ofCheck} />}</td>}
                <td>
                  {open.length > 0 ? (
                    <Link to={href} className={styles.link}>
                      {open.join(', ')}
                    </Link>
                  ) : (
                    t('entities.nothingOpen')
                  )}
                </td>
                <td data-align="end">
                  {row.points === null ? '–' : formatShare(row.points)}
                </td>
                <td>
                  <Confidence value={row.confidence} />
                </td>
                <td>
                  {row.owner && (
                    <EntityDisplayName entityRef={row.owner} hideIcon />
                  )}
                </td>
                <td>{row.type}</td>
                <td>
                  <time dateTime={row.since}>{formatDay(row.since)}</time>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
