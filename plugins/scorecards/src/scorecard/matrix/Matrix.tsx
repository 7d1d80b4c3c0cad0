import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { VisuallyHidden } from '@backstage/ui';
import { RiPauseCircleLine } from '@remixicon/react';
import {
  ScorecardResultRow,
  ScorecardSummary,
} from '@waymark/scorecards-common';
import { Link } from 'react-router-dom';
import {
  LevelBadge,
  ScrollRegion,
  SortHeader,
  StateIcon,
  useStateWords,
} from '../../components';
import { Sort } from '../../components/sort';
import table from '../../components/Table.module.css';
import { formatCount } from '../../format';
import { useEntityScorecardsLink } from '../../routes';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Matrix.module.css';

/** A row for each entity, a column for each check; each state opens its proof. */
export function Matrix(props: {
  scorecard: ScorecardSummary;
  rows: ScorecardResultRow[];
  sort: Sort;
  columnOf(check: string): string;
  asOf?: string;
  onSort(sort: Sort): void;
}) {
  const { scorecard, rows, sort, columnOf, asOf, onSort } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const entityLink = useEntityScorecardsLink();
  const words = useStateWords();
  const label = t('matrix.label', { title: scorecard.title });
  const titles = new Map(
    scorecard.spec?.checks.map(({ id, title }) => [id, title]),
  );
  // On a past day other checks may have counted.
  const checks = rows[0].checks.map(({ id }) => id);
  const { name } = scorecard;
  return (
    <ScrollRegion label={label}>
      <table className={`${table.table} ${styles.matrix}`} aria-label={label}>
        <thead>
          <tr>
            <SortHeader
              column="entity"
              title={t('entities.entity')}
              sort={sort}
              onSort={onSort}
            />
            <SortHeader
              column="level"
              title={t('entities.level')}
              sort={sort}
              first="down"
              onSort={onSort}
            />
            <SortHeader
              column="attention"
              title={t('matrix.attention')}
              sort={sort}
              first="down"
              onSort={onSort}
            />
            {checks.map(id => (
              <SortHeader
                key={id}
                column={columnOf(id)}
                title={titles.get(id) ?? id}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.entityRef}>
              <th scope="row">
                <Link
                  to={
                    entityLink(row.entityRef, { scorecard: name, asOf }) ?? ''
                  }
                  className={styles.entity}
                >
                  <EntityDisplayName
                    entityRef={row.entityRef}
                    hideIcon
                    disableTooltip
                  />
                </Link>
              </th>
              <td>
                <LevelBadge score={row} />
              </td>
              <td className={styles.attention}>
                <Attention checks={row.checks} />
              </td>
              {checks.map(id => {
                const result = row.checks.find(check => check.id === id);
                if (!result) return <td key={id} />;
                return (
                  <td key={id} className={styles.cell}>
                    <Link
                      to={
                        entityLink(row.entityRef, {
                          scorecard: name,
                          check: id,
                          asOf,
                        }) ?? ''
                      }
                      className={styles.state}
                      title={words(result)}
                    >
                      <StateIcon state={result.state} size={20} />
                      {result.held && (
                        <RiPauseCircleLine size={14} aria-hidden />
                      )}
                      <VisuallyHidden>{words(result)}</VisuallyHidden>
                    </Link>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Attention(props: { checks: ScorecardResultRow['checks'] }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const count = (state: string) =>
    props.checks.filter(check => check.state === state).length;
  const held = props.checks.filter(check => check.held).length;
  const parts = [
    { key: 'unknown', count: count('unknown') - held },
    { key: 'held', count: held },
    { key: 'exempt', count: count('exempt') },
    { key: 'fail', count: count('fail') },
  ] as const;
  const said = parts.filter(part => part.count > 0);
  return said.length === 0
    ? t('entities.nothingOpen')
    : said
        .map(part =>
          t(`matrix.${part.key}`, { number: formatCount(part.count) }),
        )
        .join(', ');
}
