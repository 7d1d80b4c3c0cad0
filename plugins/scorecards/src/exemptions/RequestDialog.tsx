import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { CalendarDate, parseDate } from '@internationalized/date';
import { Form } from 'react-aria-components';
import { reasonOf } from '../api/reasonOf';
import { useFormErrors } from '../hooks/useFormErrors';
import { formatDay } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { exemptionsApiRef } from './ExemptionsApi';
import {
  ExemptionForm,
  findErrors,
  latestDay,
  refusalOf,
  requestOf,
} from './form';
import { OtherSubjects } from './OtherSubjects';
import { useExemptionStep } from './queries';
import styles from './RequestDialog.module.css';
import { useDraft } from './useDraft';
import { useOwnerOptions } from './useOwnerOptions';

const WORDS = ['reason', 'compensatingControl', 'plan'] as const;
const FIELDS = [...WORDS, 'owner', 'lastDay'] as const;

/** What an exemption is asked of. */
export interface AskedCheck {
  entityRef: string;
  scorecard: string;
  check: string;
  title: string;
  /** Who owns the scorecard. */
  approver: string;
  maxDays: number;
}

/** Asks for an exemption of a check, for one entity or for several at once. */
export function RequestDialog(props: {
  asked: AskedCheck;
  /** When the page was asked for: what is too long is reckoned from it. */
  now: Date;
  onClose(): void;
  onDone(): void;
}) {
  const { asked, now, onClose, onDone } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const exemptionsApi = useApi(exemptionsApiRef);
  const owners = useOwnerOptions(asked.entityRef);
  const latest = latestDay(now, asked.maxDays);
  const { draft, change, discard } = useDraft<ExemptionForm>(
    `exemption.${asked.entityRef}.${asked.scorecard}.${asked.check}`,
    {
      reason: '',
      compensatingControl: '',
      plan: '',
      owner: '',
      lastDay: '',
      others: [],
    },
  );
  const { errors, formProps, show, clear } =
    useFormErrors<keyof ExemptionForm>();
  const request = useExemptionStep(exemptionsApi.request.bind(exemptionsApi));
  const form = { ...draft, owner: draft.owner || owners[0]?.id || '' };

  const submit = () => {
    const wanted = requestOf(form, asked);
    const found = findErrors(wanted, t('exemptions.request.missing'));
    show(found);
    if (Object.keys(found).length > 0) return;
    const shown =
      form.others.length > 0 ? ([...FIELDS, 'others'] as const) : FIELDS;
    request.mutate(wanted, {
      onSuccess: () => {
        discard();
        onDone();
      },
      onError: error => show(refusalOf(reasonOf(error), shown)),
    });
  };
  const fill = (changes: Partial<ExemptionForm>) => {
    change(changes);
    clear(...(Object.keys(changes) as (keyof ExemptionForm)[]));
  };

  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={isOpen => !isOpen && onClose()}
      className={styles.dialog}
    >
      <DialogHeader>
        {t('exemptions.request.title', { check: asked.title })}
      </DialogHeader>
      <DialogBody>
        <Form {...formProps} className={styles.body}>
          <Text as="p" variant="body-medium" color="secondary">
            {t('exemptions.request.approvers', { owner: asked.approver })}
          </Text>
          {WORDS.map(field => (
            <TextAreaField
              key={field}
              name={field}
              label={t(`exemptions.${field}`)}
              description={t(`exemptions.request.${field}Help`)}
              isRequired
              value={form[field]}
              onChange={value => fill({ [field]: value })}
            />
          ))}
          <Select
            name="owner"
            label={t('exemptions.owner')}
            isRequired
            options={owners}
            value={form.owner || null}
            onChange={key => key && fill({ owner: String(key) })}
            description={t('exemptions.request.ownerHelp')}
          />
          <DatePicker
            name="lastDay"
            label={t('exemptions.request.lastDay')}
            isRequired
            maxValue={latest}
            value={form.lastDay ? parseDate(form.lastDay) : null}
            onChange={value =>
              fill({
                lastDay: value
                  ? new CalendarDate(
                      value.year,
                      value.month,
                      value.day,
                    ).toString()
                  : '',
              })
            }
            description={t('exemptions.request.lastDayHelp', {
              days: String(asked.maxDays),
              day: formatDay(latest.toString()),
            })}
          />
          <OtherSubjects
            asked={asked}
            chosen={form.others}
            onChange={others => fill({ others })}
          />
          <Text as="p" variant="body-small" color="secondary">
            {t('exemptions.request.kept')}
          </Text>
        </Form>
      </DialogBody>
      {errors.form && (
        <div className={styles.failure}>
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('exemptions.request.failed')}
            description={errors.form}
          />
        </div>
      )}
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('exemptions.request.cancel')}
        </Button>
        <Button
          variant="primary"
          isPending={request.isPending}
          onPress={submit}
        >
          {t('exemptions.request.submit')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
