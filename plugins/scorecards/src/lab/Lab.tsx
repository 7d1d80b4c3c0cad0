import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Text } from '@backstage/ui';
import { RiGitPullRequestLine, RiRestartLine } from '@remixicon/react';
import { FactSourceList, RuleCompiler } from '@waymark/scorecards-common';
import {
  lazy,
  Suspense,
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Loading } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { Answer } from './answer/Answer';
import { CopyButton } from './CopyButton';
import { readDefinition } from './definition/readDefinition';
import type { EditorHandle } from './editor/DefinitionEditor';
import { ProblemList } from './editor/ProblemList';
import styles from './Lab.module.css';
import { PullRequestDialog } from './pullRequest/PullRequestDialog';
import { useGoodDefinition } from './useGoodDefinition';
import { useLabText } from './useLabText';

const DefinitionEditor = lazy(() => import('./editor/DefinitionEditor'));

const EDITOR_HEIGHT = 480;

/** The text of a scorecard, and beside it what it would say of every entity. */
export function Lab(props: {
  /** Of the scorecard that is changed; none of a new one. */
  name: string | undefined;
  /** What is in force, or what a new one begins with. */
  today: string;
  factSources: FactSourceList['items'];
}) {
  const { name, today, factSources } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { text, isChanged, isBehind, write, reset } = useLabText(name, today);
  const known = useMemo(
    () =>
      factSources.flatMap(({ spec, ...source }) =>
        spec
          ? [
              {
                id: spec.id,
                schema: spec.schema,
                title: source.title,
                description: source.description,
              },
            ]
          : [],
      ),
    [factSources],
  );
  const compiler = useMemo(
    () => RuleCompiler.create({ factSources: known }),
    [known],
  );
  // Whoever writes does not wait for the checker.
  const readText = useDeferredValue(text);
  const read = useMemo(
    () => readDefinition(readText, compiler),
    [readText, compiler],
  );
  const good = useGoodDefinition(read);
  const [isProposing, setProposing] = useState(false);
  const editor = useRef<EditorHandle>(null);
  const hintId = useId();
  const answerId = useId();
  const hasProblems = read.problems.length > 0;
  const isCurrent = readText === text && !hasProblems && good.isCurrent;

  return (
    <div className={styles.lab}>
      <div className={styles.actions}>
        <Button
          variant="primary"
          iconStart={<RiGitPullRequestLine aria-hidden />}
          isDisabled={!isChanged || hasProblems}
          onPress={() => setProposing(true)}
        >
          {t('lab.pullRequest.button')}
        </Button>
        <CopyButton text={text} />
        <Button
          variant="tertiary"
          iconStart={<RiRestartLine aria-hidden />}
          isDisabled={!isChanged}
          onPress={reset}
        >
          {t(name ? 'lab.reset' : 'lab.resetNew')}
        </Button>
      </div>
      <section className={styles.writing} aria-label={t('lab.editor.title')}>
        <div className={styles.editor}>
          <Suspense
            fallback={
              <Loading label={t('lab.editor.loading')} height={EDITOR_HEIGHT} />
            }
          >
            <DefinitionEditor
              ref={editor}
              text={text}
              label={t('lab.editor.label')}
              describedBy={hintId}
              problems={read.problems}
              factSources={known}
              onChange={write}
            />
          </Suspense>
        </div>
        <Text
          as="p"
          id={hintId}
          variant="body-small"
          color="secondary"
          className={styles.hint}
        >
          {t('lab.editor.hint')}
        </Text>
        <ProblemList
          text={readText}
          problems={read.problems}
          onGo={problem => editor.current?.goTo(problem)}
        />
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.hint}
        >
          {hasProblems && t('lab.pullRequest.hasProblems')}
          {!hasProblems && !isChanged && t('lab.pullRequest.unchanged')}
          {!hasProblems && isChanged && t('lab.kept')}
        </Text>
        {isBehind && <Alert status="warning" icon title={t('lab.moved')} />}
      </section>
      <section aria-labelledby={answerId} className={styles.answer}>
        <Text as="h2" id={answerId} variant="body-large" weight="bold">
          {t('lab.answer.title')}
        </Text>
        <Answer
          definition={good.definition}
          isCurrent={isCurrent}
          hasProblems={hasProblems}
        />
      </section>
      {isProposing && read.definition && (
        <PullRequestDialog
          definition={read.definition}
          text={text}
          isNew={name === undefined}
          onClose={() => setProposing(false)}
        />
      )}
    </div>
  );
}
