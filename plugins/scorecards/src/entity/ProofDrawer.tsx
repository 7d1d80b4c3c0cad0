import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Dialog, DialogBody, DialogHeader, Text } from '@backstage/ui';
import { ReactNode } from 'react';
import { LoadFailure, Loading, StateChip } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { CheckHistory } from './CheckHistory';
import { CheckNotes } from './CheckList';
import { FixSection } from './FixSection';
import styles from './ProofDrawer.module.css';
import { ProofParts, ProofSection } from './ProofParts';
import { useProof } from './queries';

const SHOWN_HASH = 12;

/** Why a check says what it says of an entity, and what to do about it. */
export function ProofDrawer(props: {
  entityRef: string;
  scorecard: string;
  check: string;
  /** What the page already knows to call the check. */
  title: string;
  asOf?: string;
  hrefAt(instant: string): string;
  onClose(): void;
  /** What can be asked for besides a fix. */
  actions?: ReactNode;
}) {
  const { entityRef, scorecard, check, title, asOf, hrefAt, onClose } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const proof = useProof(entityRef, { scorecard, check }, { asOf });
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      className={styles.drawer}
    >
      <DialogHeader>{proof.data?.result.title ?? title}</DialogHeader>
      <DialogBody className={styles.body}>
        {proof.isPending && (
          <Loading label={t('entity.proof.loading')} height={320} />
        )}
        {proof.error && !proof.data && (
          <LoadFailure
            title={t('entity.proof.error')}
            error={proof.error}
            isRetrying={proof.isFetching}
            onRetry={proof.refetch}
          />
        )}
        {proof.data && (
          <>
            <div>
              <StateChip result={proof.data.result} />
              <CheckNotes check={proof.data.result} />
            </div>
            {proof.data.pending && (
              <Alert status="info" icon title={t('entity.proof.pending')} />
            )}
            <ProofSection title={t('entity.proof.because')}>
              <Text as="p" variant="body-medium">
                {proof.data.because}
              </Text>
            </ProofSection>
            <ProofSection title={t('entity.fix.title')}>
              <FixSection fix={proof.data.fix} />
              {props.actions}
            </ProofSection>
            <ProofParts proof={proof.data} />
          </>
        )}
        <ProofSection title={t('entity.history.title')}>
          <CheckHistory
            entityRef={entityRef}
            scorecard={scorecard}
            check={check}
            hrefAt={hrefAt}
          />
        </ProofSection>
        {proof.data && (
          <Text as="p" variant="body-small" color="secondary">
            {t('entity.proof.definition', {
              hash: proof.data.definition.slice(0, SHOWN_HASH),
            })}
          </Text>
        )}
      </DialogBody>
    </Dialog>
  );
}
