import { z } from 'zod';

const instantSchema = z.iso.datetime({ offset: true });

// Links go into `href`: nothing but a web address may.
const webUrlSchema = z.url({ protocol: /^https?$/ });

const linkSchema = z.object({ title: z.string(), url: webUrlSchema });

const personSchema = z.object({
  /** Entity reference; absent for an author whom the catalog does not know. */
  ref: z.string().optional(),
  name: z.string(),
  picture: z.string().optional(),
});

const shiftSchema = z.object({
  layer: z.string(),
  person: personSchema,
  until: instantSchema.optional(),
  next: personSchema.optional(),
  override: z.object({ reason: z.string().optional() }).optional(),
});

/** The parts of the card, in the order an incident asks for them. @public */
export const operateParts = [
  'onCall',
  'runbook',
  'slo',
  'dashboards',
  'slack',
  'lastChanges',
] as const;

/** One part of the card. @public */
export type OperatePart = (typeof operateParts)[number];

const problemSchema = z.object({
  part: z.enum(operateParts),
  /** `missing`: nobody has said it yet. `error`: it is said, but could not be read. */
  severity: z.enum(['missing', 'error']),
  reason: z.string(),
  /** What to do about it. */
  fix: z.string(),
});

/**
 * The answer of `GET /api/operate/entities/:kind/:namespace/:name`. Instants
 * are ISO 8601. A part that is absent (or empty) has its reason in `problems`.
 *
 * @public
 */
export const operateAnswerSchema = z.object({
  entityRef: z.string(),
  /** When the backend answered, by its clock: relative times are counted from here. */
  now: instantSchema,
  /** Whom to ask when a part is missing. */
  owner: personSchema.optional(),
  onCall: z
    .object({
      /** Empty when on-call is kept outside Git: then only `source` says more. */
      shifts: z.array(shiftSchema),
      timeZone: z.string().optional(),
      title: z.string().optional(),
      escalation: z.object({ after: z.string(), to: personSchema }).optional(),
      source: linkSchema,
      /** The owner group whose schedule this is, when the entity names none. */
      inheritedFrom: z.string().optional(),
    })
    .optional(),
  runbook: linkSchema.optional(),
  slo: z
    .object({
      objectives: z.array(
        z.object({
          name: z.string(),
          objective: z.string().optional(),
          target: z.number(),
          window: z.string(),
          rolling: z.boolean(),
        }),
      ),
      source: linkSchema,
    })
    .optional(),
  dashboards: z.array(linkSchema),
  slack: z
    .object({
      channel: z.string(),
      url: webUrlSchema.optional(),
      inheritedFrom: z.string().optional(),
    })
    .optional(),
  lastChanges: z.array(
    z.object({
      sha: z.string(),
      /** First line of the commit message. */
      message: z.string(),
      author: personSchema,
      at: instantSchema,
      url: webUrlSchema,
    }),
  ),
  problems: z.array(problemSchema),
});

/** See {@link operateAnswerSchema}. @public */
export type OperateAnswer = z.infer<typeof operateAnswerSchema>;
/** Who holds one layer now. @public */
export type OperateShift = z.infer<typeof shiftSchema>;
/** A person as the card shows them. @public */
export type OperatePerson = z.infer<typeof personSchema>;
/** A titled link. @public */
export type OperateLink = z.infer<typeof linkSchema>;
/** Why a part is missing, and what to do. @public */
export type OperateProblem = z.infer<typeof problemSchema>;
