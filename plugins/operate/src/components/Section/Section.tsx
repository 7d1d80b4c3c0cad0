import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text, VisuallyHidden } from '@backstage/ui';
import { RiErrorWarningLine, RiInformationLine } from '@remixicon/react';
import { OperateProblem } from '@waymark/operate-common';
import { PropsWithChildren, useId } from 'react';
import { operateTranslationRef } from '../../translation';
import styles from './Section.module.css';

/** A titled part of the card, with what is missing or wrong in it. */
export function Section(
  props: PropsWithChildren<{
    title: string;
    problems: OperateProblem[];
    className?: string;
  }>,
) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={props.className}>
      <Text
        as="h3"
        id={headingId}
        variant="body-small"
        weight="bold"
        color="secondary"
        className={styles.title}
      >
        {props.title}
      </Text>
      {props.children}
      {props.problems.map(problem => (
        <Problem key={problem.reason} problem={problem} />
      ))}
    </section>
  );
}

function Problem(props: { problem: OperateProblem }) {
  const { severity, reason, fix } = props.problem;
  const { t } = useTranslationRef(operateTranslationRef);
  const isError = severity === 'error';
  return (
    <div className={isError ? styles.error : styles.missing}>
      {isError ? (
        <RiErrorWarningLine size={16} className={styles.icon} aria-hidden />
      ) : (
        <RiInformationLine size={16} className={styles.icon} aria-hidden />
      )}
      <div>
        <Text as="p" variant="body-medium" className={styles.reason}>
          {isError && (
            <VisuallyHidden>{`${t('problem.error')}: `}</VisuallyHidden>
          )}
          {reason}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {fix}
        </Text>
      </div>
    </div>
  );
}
