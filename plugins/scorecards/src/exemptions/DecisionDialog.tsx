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
import { useState } from 'react';
import { reasonOf } from '../api/reasonOf';
import { dayOf, endOf } from '../day';
import { scorecardsTranslationRef } from '../translation';
import { exemptionsApiRef, ExemptionVerb } from './ExemptionsApi';
import { FormErrors, refusalOf } from './form';
import { useExemptionStep } from './queries';
import styles from './RequestDialog.module.css';
import { saysWhatIsWrong } from './saysWhatIsWrong';
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
  const [errors, setErrors] = useState<FormErrors>({});
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
      setErrors({ reason: t('exemptions.request.missing') });
      return;
    }
    step.mutate(undefined, {
      onSuccess: () => {
        discard();
        onClose();
      },
      onError: error => setErrors(refusalOf(reasonOf(error))),
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
      <DialogBody className={styles.body}>
        <Text as="p" variant="body-medium">
          {t(`exemptions.decide.${verb}`)}
        </Text>
        {verb === 'renew' && (
          <DatePicker
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
              setErrors({});
            }}
            {...saysWhatIsWrong(errors.lastDay)}
          />
        )}
        <TextAreaField
          name="words"
          label={wordsLabel()}
          isRequired={NEEDS_WORDS.has(verb)}
          value={draft.words}
          onChange={words => {
            change({ words });
            setErrors({});
          }}
          {...saysWhatIsWrong(errors.reason)}
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
