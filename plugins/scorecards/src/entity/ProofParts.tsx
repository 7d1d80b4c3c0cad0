import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { CheckProof } from '@waymark/scorecards-common';
import { PropsWithChildren, useId } from 'react';
import { scorecardsTranslationRef } from '../translation';
import { FactList } from './FactList';
import styles from './ProofDrawer.module.css';
import { ProofTree } from './ProofTree';

/** The expressions of a check, part by part, and the facts that they looked at. */
export function ProofParts(props: { proof: CheckProof }) {
  const { proof } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <>
      {(['when', 'rule', 'warn'] as const).map(part => {
        const tree = proof[part];
        // Whether what fails would warn, nobody asks.
        if (part === 'warn' && proof.rule.value !== true) return null;
        return (
          tree && (
            <ProofSection key={part} title={t(`entity.proof.${part}`)}>
              <ProofTree proof={tree} label={t(`entity.proof.${part}`)} />
            </ProofSection>
          )
        );
      })}
      <ProofSection title={t('entity.proof.facts')}>
        <FactList facts={proof.facts} now={proof.asOf} />
      </ProofSection>
    </>
  );
}

/** One thing that a proof tells. */
export function ProofSection(props: PropsWithChildren<{ title: string }>) {
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
