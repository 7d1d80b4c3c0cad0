import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { OperateAnswer } from '@waymark/operate-common';
import { formatAgo, formatLocal } from '../../format';
import { operateTranslationRef } from '../../translation';
import styles from './LastChanges.module.css';

/** The newest commits: most incidents follow a change. */
export function LastChanges(props: {
  changes: OperateAnswer['lastChanges'];
  /** The instant that relative times are counted from. */
  now: string;
  /** Whether the forge could be asked at all. */
  readable: boolean;
}) {
  const { changes, now, readable } = props;
  const { t } = useTranslationRef(operateTranslationRef);
  if (changes.length === 0) {
    return readable ? (
      <Text as="p" color="secondary">
        {t('lastChanges.none')}
      </Text>
    ) : null;
  }
  return (
    <ul className={styles.changes}>
      {changes.map(change => (
        <li key={change.sha} className={styles.change}>
          <Link
            href={change.url}
            target="_blank"
            rel="noopener noreferrer"
            className={styles.message}
          >
            {change.message}
          </Link>
          <Text
            variant="body-small"
            color="secondary"
            className={styles.author}
          >
            {change.author.ref ? (
              <EntityRefLink entityRef={change.author.ref}>
                {change.author.name}
              </EntityRefLink>
            ) : (
              change.author.name
            )}
            {', '}
            <time dateTime={change.at} title={formatLocal(change.at)}>
              {formatAgo(change.at, now)}
            </time>
          </Text>
        </li>
      ))}
    </ul>
  );
}
