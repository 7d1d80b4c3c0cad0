import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, Text } from '@backstage/ui';
import { useEffect, useId, useRef } from 'react';
import { isNotFound } from '../api/isNotFound';
import { EmptyState, LoadFailure, Loading } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { ExemptionItem } from './ExemptionItem';
import styles from './ExemptionList.module.css';
import { useExemption } from './queries';

/** The exemption that a notice led to, whatever has become of it since. */
export function LinkedExemption(props: { id: string; onClose(): void }) {
  const { id, onClose } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headingId = useId();
  const { data, error, isPending, isFetching, refetch } = useExemption(id);
  const ref = useRef<HTMLElement>(null);
  const isShown = data !== undefined || (error !== null && isNotFound(error));
  useEffect(() => {
    if (!isShown) return;
    ref.current?.focus();
    ref.current?.scrollIntoView?.({ block: 'nearest' });
  }, [id, isShown]);
  const close = (
    <Button variant="secondary" onPress={onClose}>
      {t('exemptions.linked.close')}
    </Button>
  );
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby={headingId}
      className={styles.linked}
    >
      <div className={styles.linkedHead}>
        <Text as="h2" id={headingId} variant="body-large" weight="bold">
          {t('exemptions.linked.title')}
        </Text>
        {data && close}
      </div>
      {isPending && <Loading label={t('exemptions.loading')} height={320} />}
      {error && isNotFound(error) && (
        <EmptyState
          title={t('exemptions.linked.none')}
          description={t('exemptions.linked.noneDescription')}
          action={close}
        />
      )}
      {error && !isNotFound(error) && !data && (
        <LoadFailure
          title={t('exemptions.linked.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data && (
        <Card>
          <CardBody>
            <ExemptionItem exemption={data} />
          </CardBody>
        </Card>
      )}
    </section>
  );
}
