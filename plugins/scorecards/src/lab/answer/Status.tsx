import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiLoader4Line,
} from '@remixicon/react';
import { LabAnswer } from '@waymark/scorecards-common';
import { formatInstant } from '../../time';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { useHeadline } from './useHeadline';

const ICONS = {
  old: RiErrorWarningLine,
  asking: RiLoader4Line,
  current: RiCheckLine,
};

/** What comes out in one sentence, and whether it is of the text that one sees. */
export function Status(props: {
  answer: LabAnswer;
  isAsking: boolean;
  hasProblems: boolean;
}) {
  const { answer, isAsking, hasProblems } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const headline = useHeadline()(answer.summary);
  const waiting = isAsking ? 'asking' : 'current';
  const kind = hasProblems ? 'old' : waiting;
  const Icon = ICONS[kind];
  return (
    <div className={styles.status} data-kind={kind}>
      <Icon size={20} aria-hidden className={styles.statusIcon} />
      <div>
        <Text as="p" variant="body-medium" weight="bold" role="status">
          {headline}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {kind === 'current'
            ? t('lab.answer.asOf', { time: formatInstant(answer.asOf) })
            : t(`lab.answer.${kind}`)}
        </Text>
      </div>
    </div>
  );
}
