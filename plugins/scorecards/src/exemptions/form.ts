import { CalendarDate } from '@internationalized/date';
import {
  exemptionRequestSchema,
  ExemptionRequest,
} from '@waymark/scorecards-common';
import { dayOf, endOf } from '../day';
import { ErrorsOf } from '../hooks/useFormErrors';

/** What a person fills in to request an exemption. */
export interface ExemptionForm {
  reason: string;
  compensatingControl: string;
  plan: string;
  owner: string;
  /** The last day of the exemption, such as `2026-12-31`. */
  lastDay: string;
  /** Other entities that the same decision is asked for. */
  others: string[];
}

/** What is wrong, by field; `form` where it belongs to none. */
export type FormErrors = ErrorsOf<keyof ExemptionForm>;

const DAY_MILLIS = 24 * 60 * 60 * 1_000;

/** The last day that an exemption can have: on the evening of the next, it would be too long. */
export function latestDay(now: Date, maxDays: number): CalendarDate {
  return dayOf(
    new Date(now.getTime() + maxDays * DAY_MILLIS).toISOString(),
  ).subtract({ days: 1 });
}

/** Fields of a request, by the fields of the form. */
const FIELDS: Record<string, keyof ExemptionForm> = {
  reason: 'reason',
  compensatingControl: 'compensatingControl',
  plan: 'plan',
  // Of a decision: why.
  comment: 'reason',
  owner: 'owner',
  expiresAt: 'lastDay',
  subject: 'others',
};

const fieldOf = (path: string): keyof ExemptionForm | 'form' =>
  FIELDS[path.split(/[.[]/)[0]] ?? 'form';

/** The request that a form makes. */
export function requestOf(
  form: ExemptionForm,
  about: { entityRef: string; scorecard: string; check: string },
): ExemptionRequest {
  const { others, lastDay, ...words } = form;
  const { entityRef, scorecard, check } = about;
  return {
    ...words,
    scorecard,
    check,
    subject: { entities: [entityRef, ...others] },
    expiresAt: lastDay ? endOf(lastDay) : '',
  };
}

/**
 * What is wrong with a request, before it is sent: the same rules as those of the backend.
 *
 * @param missing - what to say of a field that is empty
 */
export function findErrors(
  request: ExemptionRequest,
  missing: string,
): FormErrors {
  const parsed = exemptionRequestSchema.safeParse(request);
  const errors: FormErrors = {};
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = fieldOf(String(path[0]));
    const value = path.reduce<unknown>(
      (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
      request,
    );
    errors[field] ??=
      typeof value === 'string' && !value.trim() ? missing : message;
  }
  return errors;
}

/**
 * What the backend has refused, by field: it says `field: reason; field: reason`.
 *
 * @param shown - the fields that there are; what is said of another one belongs to the form
 */
export function refusalOf(
  message: string,
  shown: readonly (keyof ExemptionForm)[],
): FormErrors {
  const errors: FormErrors = {};
  for (const problem of message.split('; ')) {
    const [, path, reason] = /^([\w.[\]]+): (.+)$/s.exec(problem) ?? [];
    const named = path ? fieldOf(path) : 'form';
    const field = shown.find(one => one === named) ?? 'form';
    const told = field === 'form' ? problem : reason;
    errors[field] = errors[field] ? `${errors[field]}; ${told}` : told;
  }
  return errors;
}
