import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { formatCount, formatShare } from '../format';
import { scorecardsTranslationRef } from '../translation';
import { DistributionBar } from './DistributionBar';
import { LevelShare } from './levels';
import styles from './LevelDistribution.module.css';

/** How entities spread over levels: a bar, and the table of what it shows, each number with the way to its entities. */
export function LevelDistribution(props: {
  /** What the table is of. */
  label: string;
  shares: LevelShare[];
  hrefOf(key: string): string | undefined;
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  // Nobody misses what is known of all.
  const shares = props.shares.filter(
    ({ key, entities }) => key !== 'unrated' || entities > 0,
  );
  return (
    <div className={styles.distribution}>
      <DistributionBar shares={shares} />
      <table className={styles.table} aria-label={props.label}>
        <thead className={styles.head}>
          <tr>
            <th scope="col">{t('distribution.level')}</th>
            <th scope="col">{t('distribution.entities')}</th>
            <th scope="col">{t('distribution.share')}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ key, title, entities, share, color }) => (
            <tr key={key}>
              <th scope="row" className={styles.level}>
                <span
                  className={styles.swatch}
                  style={{ background: color }}
                  aria-hidden
                />
                {title}
              </th>
              <td className={styles.number}>
                {entities > 0 ? (
                  <Link
                    variant="body-small"
                    href={props.hrefOf(key) ?? ''}
                    aria-label={t('distribution.open', {
                      count: entities,
                      title,
                    })}
                  >
                    {formatCount(entities)}
                  </Link>
                ) : (
                  formatCount(entities)
                )}
              </td>
              <td className={styles.number}>{formatShare(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
