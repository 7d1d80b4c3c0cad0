import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { CalendarDate, parseDate } from '@internationalized/date';
import { Exemption } from '@waymark/scorecards-common';
import { Form } from 'react-aria-components';
import { reasonOf } from '../api/reasonOf';
import { dayOf, endOf } from '../day';
import { useFormErrors } from '../hooks/useFormErrors';
import { scorecardsTranslationRef } from '../translation';
import itemStyles from './ExemptionItem.module.css';
import { exemptionsApiRef, ExemptionVerb } from './ExemptionsApi';
import { ExemptionForm, refusalOf } from './form';
import { useExemptionStep } from './queries';
import styles from './RequestDialog.module.css';
import { Subjects } from './Subjects';
import { Term } from './Term';
import { useDraft } from './useDraft';

/** What can be done with an exemption. */
export type Verb = ExemptionVerb | 'renew';

const NEEDS_WORDS: ReadonlySet<Verb> = new Set(['reject', 'revoke', 'renew']);

/** Takes one step with an exemption, with the words that it needs. */
export function DecisionDialog(props: {
  exemption: Exemption;
  verb: Verb;
  onClose(): void;
}) {
  const { exemption, verb, onClose } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const exemptionsApi = useApi(exemptionsApiRef);
  const earliest = dayOf(exemption.expiresAt).add({ days: 1 });
  const { draft, change, discard } = useDraft(`${verb}.${exemption.id}`, {
    words: '',
    lastDay: earliest.toString(),
  });
  const { errors, formProps, show, clear } =
    useFormErrors<keyof ExemptionForm>();
  const step = useExemptionStep(async () => {
    const words = draft.words.trim();
    return verb === 'renew'
      ? exemptionsApi.renew(exemption.id, {
          reason: words,
          expiresAt: endOf(draft.lastDay),
        })
      : exemptionsApi.decide(exemption.id, verb, words || undefined);
  });
  const submit = () => {
    if (NEEDS_WORDS.has(verb) && !draft.words.trim()) {
      show({ reason: t('exemptions.request.missing') });
      return;
    }
    step.mutate(undefined, {
      onSuccess: () => {
        discard();
        onClose();
      },
      onError: error =>
        show(
          refusalOf(
            reasonOf(error),
            verb === 'renew' ? ['lastDay', 'reason'] : ['reason'],
          ),
        ),
    });
  };
  const failure = errors.form;
  const wordsLabel = () => {
    if (verb === 'renew') return t('exemptions.decide.newReason');
    return NEEDS_WORDS.has(verb)
      ? t('exemptions.decide.commentNeeded')
      : t('exemptions.decide.comment');
  };
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={isOpen => !isOpen && onClose()}
      className={styles.dialog}
    >
      <DialogHeader>
        {t('exemptions.decide.title', {
          verb: t(`exemptions.verb.${verb}`),
          check: exemption.checkTitle,
        })}
      </DialogHeader>
      <DialogBody>
        <Form {...formProps} className={styles.body}>
          <dl className={itemStyles.terms}>
            <Term name={t('exemptions.decide.check')}>
              {t('exemptions.check', {
                check: exemption.checkTitle,
                scorecard: exemption.scorecardTitle,
              })}
            </Term>
            <Term name={t('exemptions.subjects')}>
              {/* No links: whoever follows one leaves the decision. */}
              <Subjects exemption={exemption} />
            </Term>
          </dl>
          <Text as="p" variant="body-medium">
            {t(`exemptions.decide.${verb}`)}
          </Text>
          {verb === 'renew' && (
            <DatePicker
              name="lastDay"
              label={t('exemptions.request.lastDay')}
              isRequired
              minValue={earliest}
              value={parseDate(draft.lastDay)}
              onChange={value => {
                if (!value) return;
                const { year, month, day } = value;
                change({
                  lastDay: new CalendarDate(year, month, day).toString(),
                });
                clear('lastDay');
              }}
            />
          )}
          <TextAreaField
            name="reason"
            label={wordsLabel()}
            isRequired={NEEDS_WORDS.has(verb)}
            value={draft.words}
            onChange={words => {
              change({ words });
              clear('reason');
            }}
          />
          {failure && (
            <Alert
              role="alert"
              status="danger"
              icon
              title={t('exemptions.decide.failed')}
              description={failure}
            />
          )}
        </Form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('exemptions.decide.cancel')}
        </Button>
        <Button
          variant="primary"
          destructive={verb === 'revoke' || verb === 'reject'}
          isPending={step.isPending}
          onPress={submit}
        >
          {t(`exemptions.verb.${verb}`)}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
