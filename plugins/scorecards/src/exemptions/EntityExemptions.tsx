import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { useId } from 'react';
import { scorecardsTranslationRef } from '../translation';
import { ExemptionList } from './ExemptionList';
import styles from './ExemptionList.module.css';

/** The exemptions of an entity, those of its system and domain too. */
export function EntityExemptions(props: { entityRef: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={styles.section}>
      <Text as="h3" id={headingId} variant="title-x-small" weight="bold">
        {t('exemptions.title')}
      </Text>
      <ExemptionList
        filter={{ entity: props.entityRef }}
        empty={{
          title: t('exemptions.none'),
          description: t('exemptions.noneDescription'),
        }}
      />
    </section>
  );
}
