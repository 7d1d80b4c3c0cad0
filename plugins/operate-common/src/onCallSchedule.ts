import { InputError } from '@backstage/errors';
import { DateTime, Duration, IANAZone } from 'luxon';
import { z } from 'zod';
import { describeIssues } from './describeIssues';
import { groupRefSchema, userRefSchema } from './refs';

const localTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

const localTimeSchema = z
  .string()
  .regex(
    localTimePattern,
    'must be a local time without offset, such as 2026-01-05T09:00',
  )
  .refine(value => DateTime.fromISO(value, { zone: 'utc' }).isValid, {
    error: 'is not a date of the calendar',
  });

const durationSchema = z
  .string()
  .refine(value => Duration.fromISO(value).isValid, {
    error: 'must be an ISO 8601 duration, such as P7D',
  });

const everySchema = durationSchema.refine(
  value => {
    const duration = Duration.fromISO(value);
    return !duration.isValid || duration.toMillis() >= 3_600_000;
  },
  { error: 'must be at least one hour (PT1H)' },
);

const layerSchema = z.strictObject({
  name: z.string().min(1),
  start: localTimeSchema,
  every: everySchema,
  members: z.array(userRefSchema).min(1, 'must name at least one member'),
});

const overrideSchema = z
  .strictObject({
    layer: z.string().min(1),
    from: localTimeSchema,
    to: localTimeSchema,
    member: userRefSchema,
    reason: z.string().optional(),
  })
  .refine(override => override.from < override.to, {
    path: ['to'],
    error: 'must be after `from`',
  });

const specSchema = z
  .strictObject({
    timeZone: z.string().refine(zone => IANAZone.isValidZone(zone), {
      error: 'must be an IANA time zone, such as Europe/Paris',
    }),
    layers: z.array(layerSchema).min(1, 'must have at least one layer'),
    overrides: z.array(overrideSchema).default([]),
    escalation: z
      .strictObject({
        after: durationSchema,
        to: z.union([groupRefSchema, userRefSchema], {
          error: 'must be a group or user reference',
        }),
      })
      .optional(),
  })
  .superRefine((spec, context) => {
    const names = spec.layers.map(layer => layer.name);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['layers', index, 'name'],
          message: `"${name}" is the name of another layer too`,
        });
      }
    });
    spec.overrides.forEach((override, index) => {
      if (!names.includes(override.layer)) {
        context.addIssue({
          code: 'custom',
          path: ['overrides', index, 'layer'],
          message: `there is no layer "${
            override.layer
          }"; layers are ${names.join(', ')}`,
        });
      }
      // Two overrides at one time would leave it open who is on call.
      const clash = spec.overrides.findIndex(
        (other, otherIndex) =>
          otherIndex < index &&
          other.layer === override.layer &&
          other.from < override.to &&
          override.from < other.to,
      );
      if (clash >= 0) {
        context.addIssue({
          code: 'custom',
          path: ['overrides', index],
          message: `overlaps overrides[${clash}] of the same layer`,
        });
      }
    });
  });

/**
 * The format of an on-call schedule file: who is on call, by layers that
 * rotate through their members. Local times are in `spec.timeZone`.
 *
 * @public
 */
export const onCallScheduleSchema = z.strictObject({
  apiVersion: z.literal('waymark.dev/v1'),
  kind: z.literal('OnCallSchedule'),
  metadata: z.object({
    name: z.string().min(1),
    title: z.string().optional(),
    description: z.string().optional(),
  }),
  spec: specSchema,
});

/** A validated on-call schedule. @public */
export type OnCallSchedule = z.infer<typeof onCallScheduleSchema>;

/** One rotation of a schedule. @public */
export type OnCallLayer = OnCallSchedule['spec']['layers'][number];

/** A replacement of whoever a layer's rotation would name. @public */
export type OnCallOverride = OnCallSchedule['spec']['overrides'][number];

/**
 * Validates a parsed on-call schedule document.
 *
 * @throws InputError that names every wrong field and the reason
 * @public
 */
export function parseOnCallSchedule(document: unknown): OnCallSchedule {
  const result = onCallScheduleSchema.safeParse(document);
  if (!result.success) {
    throw new InputError(
      `Invalid OnCallSchedule: ${describeIssues(result.error)}`,
    );
  }
  return result.data;
}
