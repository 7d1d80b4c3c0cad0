import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  RiEqualLine,
  RiQuestionLine,
  RiSkipForwardMiniLine,
} from '@remixicon/react';
import { CheckProof } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './ProofTree.module.css';

type Proof = CheckProof['rule'];
type Verdict = 'true' | 'false' | 'value' | 'unknown' | 'notEvaluated';

/** Longer values are folded away. */
const SHORT_VALUE = 80;

const ICONS = {
  true: RiCheckLine,
  false: RiCloseLine,
  value: RiEqualLine,
  unknown: RiQuestionLine,
  notEvaluated: RiSkipForwardMiniLine,
};

function verdictOf({ evaluated, unknown, value }: Proof): Verdict {
  if (!evaluated) return 'notEvaluated';
  if (unknown) return 'unknown';
  return typeof value === 'boolean' ? `${value}` : 'value';
}

/** A rule with the value of each of its parts. */
export function ProofTree(props: { proof: Proof; label: string }) {
  const { proof, label } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <>
      <ul className={styles.tree} aria-label={label}>
        <ProofNode proof={proof} />
      </ul>
      {proof.incomplete && (
        <Text as="p" variant="body-small" color="secondary">
          {t('entity.proof.incomplete')}
        </Text>
      )}
    </>
  );
}

function ProofNode(props: { proof: Proof }) {
  const { proof } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const verdict = verdictOf(proof);
  const Icon = ICONS[verdict];
  return (
    <li className={styles.node} data-verdict={verdict}>
      <div className={styles.line}>
        <Icon size={16} aria-hidden className={styles.icon} />
        <div className={styles.words}>
          <code className={styles.expression}>{proof.expression}</code>
          {verdict === 'value' ? (
            <ProofValue proof={proof} />
          ) : (
            <span className={styles.verdict}>
              {t(`entity.proof.${verdict}`)}
            </span>
          )}
        </div>
      </div>
      {proof.unknown && (
        <Text as="p" variant="body-small" className={styles.reason}>
          {`${t(`entity.proof.reason.${proof.unknown.reason}`)}: ${
            proof.unknown.detail
          }`}
        </Text>
      )}
      {proof.children.length > 0 && (
        <ul className={styles.children}>
          {proof.children.map((child, index) => (
            // The same part of a rule stands there once for each item of a list.
            <ProofNode key={index} proof={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function ProofValue(props: { proof: Proof }) {
  const { value, cut } = props.proof;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const short = JSON.stringify(value) ?? '';
  return (
    <>
      {short.length <= SHORT_VALUE ? (
        <code className={styles.value}>{short}</code>
      ) : (
        <details className={styles.details}>
          <summary>
            {t('entity.proof.whole')}
            {': '}
            <code className={styles.value}>
              {`${short.slice(0, SHORT_VALUE)}…`}
            </code>
          </summary>
          <pre className={styles.whole}>{JSON.stringify(value, null, 2)}</pre>
        </details>
      )}
      {cut && (
        <Text as="span" variant="body-small" color="secondary">
          {t('entity.proof.cut')}
        </Text>
      )}
    </>
  );
}
