import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { OperateAnswer } from '@waymark/operate-common';
import { formatShare } from '../../format';
import { operateTranslationRef } from '../../translation';
import styles from './Section.module.css';

/** Service level objectives: name, target and window. */
export function SloList(props: { slo: NonNullable<OperateAnswer['slo']> }) {
  const { objectives, source } = props.slo;
  const { t } = useTranslationRef(operateTranslationRef);
  return (
    <>
      <ul className={styles.list}>
        {objectives.map(({ name, objective, target, window, rolling }) => (
          <li key={`${name} ${objective} ${target}`}>
            <span className={styles.objective}>
              <Text variant="body-medium">
                {objective ? `${name} (${objective})` : name}
              </Text>
              <Text variant="body-medium" weight="bold">
                {formatShare(target)}
              </Text>
              <Text variant="body-small" color="secondary">
                {rolling
                  ? t('slo.rolling', { window })
                  : t('slo.calendar', { window })}
              </Text>
            </span>
          </li>
        ))}
      </ul>
      <Link
        href={source.url}
        target="_blank"
        rel="noopener noreferrer"
        variant="body-small"
      >
        {objectives.length > 0
          ? t('slo.source')
          : t('slo.elsewhere', { title: source.title })}
      </Link>
    </>
  );
}
