import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiErrorWarningLine } from '@remixicon/react';
import { scorecardsTranslationRef } from '../../translation';
import { TextProblem } from '../definition/readDefinition';
import styles from './ProblemList.module.css';

const MOST = 5;

const lineOf = (text: string, offset: number) =>
  text.slice(0, offset).split('\n').length;

/** What is wrong with the text; each leads there. */
export function ProblemList(props: {
  text: string;
  problems: readonly TextProblem[];
  onGo(problem: TextProblem): void;
}) {
  const { text, problems, onGo } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const label = t('lab.editor.problems', { count: problems.length });
  return (
    <div role="status">
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label={label}>
          {problems.slice(0, MOST).map(problem => (
            <li key={`${problem.path} ${problem.from} ${problem.reason}`}>
              <button
                type="button"
                className={styles.problem}
                onClick={() => onGo(problem)}
              >
                <RiErrorWarningLine
                  size={16}
                  aria-hidden
                  className={styles.icon}
                />
                <span>
                  <span className={styles.place}>
                    {t('lab.editor.line', {
                      line: String(lineOf(text, problem.from)),
                    })}
                    {problem.path && ` · ${problem.path}`}
                  </span>
                  {': '}
                  {problem.reason}
                </span>
              </button>
            </li>
          ))}
          {problems.length > MOST && <li>{label}</li>}
        </ul>
      )}
    </div>
  );
}
