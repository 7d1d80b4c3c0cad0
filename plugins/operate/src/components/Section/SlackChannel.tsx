import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { OperateAnswer } from '@waymark/operate-common';
import { operateTranslationRef } from '../../translation';
import styles from './Section.module.css';

/** The channel; a link where the address of the workspace is known. */
export function SlackChannel(props: {
  slack: NonNullable<OperateAnswer['slack']>;
}) {
  const { channel, url, inheritedFrom } = props.slack;
  const { t } = useTranslationRef(operateTranslationRef);
  return (
    <>
      {url ? (
        <Link href={url} target="_blank" rel="noopener noreferrer">
          {channel}
        </Link>
      ) : (
        <Text variant="body-medium">{channel}</Text>
      )}
      {inheritedFrom && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.note}
        >
          {t('slack.inherited', { name: inheritedFrom })}
        </Text>
      )}
    </>
  );
}
