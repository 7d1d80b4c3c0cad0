import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  RiAlertLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
} from '@remixicon/react';
import { CollectorHealth } from '@waymark/scorecards-common';
import { Fragment } from 'react';
import { ScrollRegion } from '../components';
import table from '../components/Table.module.css';
import { formatCount } from '../format';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { healthOf, inTroubleFirst } from './health';
import styles from './Collectors.module.css';

const ICONS = {
  outage: RiCloseCircleLine,
  failing: RiAlertLine,
  overdue: RiAlertLine,
  well: RiCheckboxCircleLine,
};

/** A row for each collector. */
export function CollectorTable(props: { collectors: CollectorHealth[] }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const label = t('collectors.title');
  const instant = (iso: string | null, otherwise: string) =>
    iso === null ? otherwise : <time dateTime={iso}>{formatInstant(iso)}</time>;
  return (
    <ScrollRegion label={label}>
      <table className={table.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('collectors.collector')}</th>
            <th scope="col">{t('collectors.health')}</th>
            <th scope="col">{t('collectors.sources')}</th>
            <th scope="col" data-align="end">
              {t('collectors.entities')}
            </th>
            <th scope="col" data-align="end">
              {t('collectors.failed')}
            </th>
            <th scope="col" data-align="end">
              {t('collectors.overdue')}
            </th>
            <th scope="col" data-align="end">
              {t('collectors.running')}
            </th>
            <th scope="col">{t('collectors.lastRun')}</th>
            <th scope="col">{t('collectors.next')}</th>
          </tr>
        </thead>
        <tbody>
          {inTroubleFirst(props.collectors).map(collector => {
            const health = healthOf(collector);
            const Icon = ICONS[health];
            return (
              <tr key={collector.id}>
                <th scope="row">{collector.id}</th>
                <td className={styles.health}>
                  <span className={styles.state} data-health={health}>
                    <Icon size={16} aria-hidden className={styles.icon} />
                    {t(`collectors.state.${health}`)}
                  </span>
                  {collector.outage && (
                    <div>
                      {t(
                        collector.outage.wholeSource
                          ? 'collectors.wholeOutage'
                          : 'collectors.someOutage',
                        { time: formatInstant(collector.outage.since) },
                      )}
                    </div>
                  )}
                  {collector.error && (
                    <div className={styles.error}>{collector.error}</div>
                  )}
                </td>
                <td>
                  {collector.sources.map((source, index) => (
                    <Fragment key={source}>
                      {index > 0 && ', '}
                      <EntityRefLink entityRef={`factsource:default/${source}`}>
                        {source}
                      </EntityRefLink>
                    </Fragment>
                  ))}
                </td>
                <td data-align="end">{formatCount(collector.entities)}</td>
                <td data-align="end">{formatCount(collector.failed)}</td>
                <td data-align="end">{formatCount(collector.overdue)}</td>
                <td data-align="end">{formatCount(collector.running)}</td>
                <td>
                  {instant(collector.lastRun, t('collectors.never'))}
                  {collector.durationMillis !== null && (
                    <div className={styles.note}>
                      {t('collectors.took', {
                        seconds: (collector.durationMillis / 1000).toFixed(1),
                      })}
                    </div>
                  )}
                </td>
                <td>{instant(collector.next, t('collectors.onEvent'))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
