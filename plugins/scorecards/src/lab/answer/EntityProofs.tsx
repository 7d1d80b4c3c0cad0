import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import {
  ButtonLink,
  Dialog,
  DialogBody,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { CheckProof, LabEntity } from '@waymark/scorecards-common';
import { EmptyState, Loading, LoadFailure, StateChip } from '../../components';
import { CheckNotes } from '../../entity/CheckList';
import drawer from '../../entity/ProofDrawer.module.css';
import { ProofParts } from '../../entity/ProofParts';
import { useEntityScorecardsLink } from '../../routes';
import { scorecardsTranslationRef } from '../../translation';
import { LabDefinition } from '../api/LabApi';
import { useLabProofs } from '../queries';
import { LevelChange } from './EntityList';
import styles from './EntityProofs.module.css';

/** Why each check would say what it would say of an entity, beside what it says today. */
export function EntityProofs(props: {
  definition: LabDefinition;
  entityRef: string;
  /** As the list has it. */
  entity: LabEntity | undefined;
  /** That one came from. */
  check: string | undefined;
  onClose(): void;
}) {
  const { definition, entityRef, entity, check, onClose } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const link = useEntityScorecardsLink();
  const { data, error, isPending, isFetching, refetch } = useLabProofs(
    definition,
    entityRef,
  );
  const today = new Map(
    entity?.checks.map(({ check: id, from }) => [id, from]),
  );
  const isOpen = ({ result }: CheckProof) =>
    check
      ? result.id === check
      : today.size > 0 && today.get(result.id) !== result.state;
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      className={drawer.drawer}
    >
      <DialogHeader>
        <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />
      </DialogHeader>
      <DialogBody className={drawer.body}>
        <div className={styles.head}>
          {entity && <LevelChange from={entity.from} to={entity.to} />}
          <ButtonLink
            variant="secondary"
            size="small"
            href={
              link(entityRef, { scorecard: definition.metadata.name }) ?? ''
            }
          >
            {t('lab.proof.entity')}
          </ButtonLink>
        </div>
        {isPending && <Loading label={t('lab.proof.loading')} height={480} />}
        {error && !data && (
          <LoadFailure
            title={t('lab.proof.error')}
            error={error}
            isRetrying={isFetching}
            onRetry={refetch}
          />
        )}
        {data && data.proofs.length === 0 && (
          <EmptyState
            title={t('lab.proof.none')}
            description={t('lab.proof.noneDescription')}
          />
        )}
        {data && data.proofs.length > 0 && (
          <ul className={styles.checks} aria-label={t('lab.proof.checks')}>
            {data.proofs.map(proof => (
              <li key={proof.result.id}>
                <details open={isOpen(proof)} className={styles.check}>
                  <summary className={styles.summary}>
                    <span className={styles.title}>{proof.result.title}</span>
                    <Beside proof={proof} today={today.get(proof.result.id)} />
                  </summary>
                  <div className={styles.proof}>
                    <CheckNotes check={proof.result} />
                    <Text as="p" variant="body-medium">
                      {proof.because}
                    </Text>
                    <ProofParts proof={proof} />
                  </div>
                </details>
              </li>
            ))}
          </ul>
        )}
      </DialogBody>
    </Dialog>
  );
}

/** What a check says today, and would say. */
function Beside(props: {
  proof: CheckProof;
  today: LabEntity['checks'][number]['from'] | undefined;
}) {
  const { proof, today } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const words = (text: string) => (
    <Text as="span" variant="body-small" color="secondary">
      {text}
    </Text>
  );
  return (
    <span className={styles.beside}>
      {words(t('lab.proof.today'))}
      {today ? (
        <StateChip result={{ state: today }} />
      ) : (
        words(t('lab.proof.notToday'))
      )}
      {words(t('lab.proof.proposed'))}
      <StateChip result={proof.result} />
    </span>
  );
}
