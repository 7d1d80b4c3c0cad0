import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Dialog, DialogBody, DialogHeader, Text } from '@backstage/ui';
import { PropsWithChildren, ReactNode, useId } from 'react';
import { LoadFailure, Loading, StateChip } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { CheckHistory } from './CheckHistory';
import { CheckNotes } from './CheckList';
import { FactList } from './FactList';
import { FixSection } from './FixSection';
import styles from './ProofDrawer.module.css';
import { ProofTree } from './ProofTree';
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
            <Section title={t('entity.proof.because')}>
              <Text as="p" variant="body-medium">
                {proof.data.because}
              </Text>
            </Section>
            <Section title={t('entity.fix.title')}>
              <FixSection fix={proof.data.fix} />
              {props.actions}
            </Section>
            {(['when', 'rule', 'warn'] as const).map(part => {
              const tree = proof.data[part];
              // Whether what fails would warn, nobody asks.
              if (part === 'warn' && proof.data.rule.value !== true)
                return null;
              return (
                tree && (
                  <Section key={part} title={t(`entity.proof.${part}`)}>
                    <ProofTree proof={tree} label={t(`entity.proof.${part}`)} />
                  </Section>
                )
              );
            })}
            <Section title={t('entity.proof.facts')}>
              <FactList facts={proof.data.facts} now={proof.data.asOf} />
            </Section>
          </>
        )}
        <Section title={t('entity.history.title')}>
          <CheckHistory
            entityRef={entityRef}
            scorecard={scorecard}
            check={check}
            hrefAt={hrefAt}
          />
        </Section>
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

function Section(props: PropsWithChildren<{ title: string }>) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={styles.section}>
      <Text as="h3" id={headingId} variant="body-large" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}
