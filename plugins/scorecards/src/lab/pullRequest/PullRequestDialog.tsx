import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { useMutation } from '@tanstack/react-query';
import { simulationInMarkdown } from '@waymark/scorecards-common';
import { Form } from 'react-aria-components';
import { reasonOf } from '../../api/reasonOf';
import { Loading, LoadFailure } from '../../components';
import { useDraft } from '../../exemptions/useDraft';
import { useFormErrors } from '../../hooks/useFormErrors';
import { scorecardsTranslationRef } from '../../translation';
import { LabDefinition } from '../api/LabApi';
import { useLabAnswer } from '../queries';
import styles from './PullRequestDialog.module.css';
import { PullRequestRun } from './PullRequestRun';

/** Writes the file of a scorecard, and proposes it. */
const TEMPLATE = 'template:default/propose-scorecard';

/** What one writes of a pull request. */
interface Words {
  title: string;
  description: string;
}

/** Proposes a definition to the portal repository, and shows how that goes. */
export function PullRequestDialog(props: {
  definition: LabDefinition;
  /** The file, as it stands in the editor. */
  text: string;
  isNew: boolean;
  onClose(): void;
}) {
  const { definition, text, isNew, onClose } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const scaffolderApi = useApi(scaffolderApiRef);
  const { name } = definition.metadata;
  const { draft, change, discard } = useDraft<Words>(
    `lab.pullRequest.${name}`,
    {
      title: t(
        isNew ? 'lab.pullRequest.usualTitleNew' : 'lab.pullRequest.usualTitle',
        { title: String(definition.metadata.title ?? name) },
      ),
      description: '',
    },
  );
  const answer = useLabAnswer(definition, {});
  // Not that of another definition, which stays while this is asked about.
  const summary = answer.isPlaceholderData
    ? undefined
    : answer.data?.pages[0].summary;
  const isSumming = !summary && !answer.error;
  const sums =
    summary && simulationInMarkdown({ summary, transitions: [] }).join('\n');
  const description = draft.description || sums || '';
  const { formProps, show, clear } = useFormErrors<keyof Words>();
  const start = useMutation({
    mutationFn: async () => {
      const { taskId } = await scaffolderApi.scaffold({
        templateRef: TEMPLATE,
        values: { title: draft.title.trim(), description, definition: text },
      });
      return taskId;
    },
  });
  const submit = () => {
    const missing = (value: string) =>
      value.trim() ? undefined : t('lab.pullRequest.missing');
    const errors = {
      title: missing(draft.title),
      description: missing(description),
    };
    show(errors);
    if (!errors.title && !errors.description) start.mutate();
  };
  const fill = (changes: Partial<Words>) => {
    change(changes);
    clear(...(Object.keys(changes) as (keyof Words)[]));
  };

  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={isOpen => !isOpen && onClose()}
      className={styles.dialog}
    >
      <DialogHeader>{t('lab.pullRequest.title')}</DialogHeader>
      {start.data ? (
        <PullRequestRun
          taskId={start.data}
          onAgain={start.reset}
          onClose={() => {
            discard();
            onClose();
          }}
        />
      ) : (
        <>
          <DialogBody>
            <Form {...formProps} className={styles.body}>
              <Text as="p" variant="body-medium" color="secondary">
                {t('lab.pullRequest.description')}
              </Text>
              <TextField
                name="title"
                label={t('lab.pullRequest.field.title')}
                isRequired
                value={draft.title}
                onChange={value => fill({ title: value })}
              />
              {isSumming && !draft.description && (
                <Loading label={t('lab.pullRequest.summing')} height={240} />
              )}
              {answer.error && !draft.description && (
                <LoadFailure
                  title={t('lab.answer.error')}
                  error={answer.error}
                  isRetrying={answer.isFetching}
                  onRetry={answer.refetch}
                />
              )}
              {(!isSumming || draft.description) && (
                <TextAreaField
                  name="description"
                  label={t('lab.pullRequest.field.description')}
                  description={t('lab.pullRequest.field.descriptionHelp')}
                  isRequired
                  rows={10}
                  value={description}
                  onChange={value => fill({ description: value })}
                />
              )}
            </Form>
          </DialogBody>
          {start.error && (
            <div className={styles.failure}>
              <Alert
                role="alert"
                status="danger"
                icon
                title={t('lab.pullRequest.failed')}
                description={reasonOf(start.error)}
              />
            </div>
          )}
          <DialogFooter>
            <Button variant="secondary" onPress={onClose}>
              {t('lab.pullRequest.cancel')}
            </Button>
            <Button
              variant="primary"
              isPending={start.isPending}
              isDisabled={isSumming && !draft.description}
              onPress={submit}
            >
              {t('lab.pullRequest.submit')}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
