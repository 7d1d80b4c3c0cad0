import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { scorecardsTranslationRef } from '../translation';
import { ExemptionList } from './ExemptionList';
import styles from './ExemptionList.module.css';

/** What waits for the approval of whoever looks. */
export function InboxPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <div className={styles.section}>
      <Text as="h1" variant="title-small" weight="bold">
        {t('exemptions.inbox.title')}
      </Text>
      <Text as="p" variant="body-medium" color="secondary">
        {t('exemptions.inbox.description')}
      </Text>
      <ExemptionList
        filter={{ approver: 'me' }}
        empty={{
          title: t('exemptions.inbox.none'),
          description: t('exemptions.inbox.noneDescription'),
        }}
      />
    </div>
  );
}
