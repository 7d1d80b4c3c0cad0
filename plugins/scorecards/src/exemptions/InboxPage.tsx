import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { scorecardsTranslationRef } from '../translation';
import { ExemptionList } from './ExemptionList';
import styles from './ExemptionList.module.css';
import { LinkedExemption } from './LinkedExemption';

/** Of the address: the exemption that a notice is about. */
const LINKED = 'exemption';

/** What waits for the approval of whoever looks, below the exemption that a notice led to. */
export function InboxPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [params, setParams] = useSearchParams();
  const linked = params.get(LINKED) || undefined;
  return (
    <div className={styles.section}>
      <Text as="h1" variant="title-small" weight="bold">
        {t('exemptions.inbox.title')}
      </Text>
      <Text as="p" variant="body-medium" color="secondary">
        {t('exemptions.inbox.description')}
      </Text>
      {linked && (
        <LinkedExemption
          key={linked}
          id={linked}
          onClose={() =>
            setParams(
              before => {
                before.delete(LINKED);
                return before;
              },
              { replace: true },
            )
          }
        />
      )}
      <ExemptionList
        filter={{ approver: 'me' }}
        except={linked}
        empty={
          linked
            ? {
                title: t('exemptions.inbox.noOther'),
                description: t('exemptions.inbox.noneDescription'),
              }
            : {
                title: t('exemptions.inbox.none'),
                description: t('exemptions.inbox.noneDescription'),
              }
        }
      />
    </div>
  );
}
