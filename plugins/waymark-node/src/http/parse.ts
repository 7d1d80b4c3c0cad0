import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { describeProblems, SNAPSHOT_LIMITS } from '@waymark/waymark-common';
import { z } from 'zod';

/** Most problems that one answer tells of: a list may have as many as it has items. */
const MOST_TOLD = 20;

/**
 * Checks what came over the wire.
 *
 * @throws InputError that names the field and the reason
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = describeProblems(schema, value, result.error).map(
      ({ path, reason }) => `${path || 'request'}: ${reason}`,
    );
    throw new InputError(summarise(problems));
  }
  return result.data;
}

/**
 * One sentence of several problems: the first of them, and how many more there are.
 * @public
 */
export function summarise(problems: readonly string[]): string {
  const told = problems.slice(0, MOST_TOLD);
  return [
    ...told,
    ...(problems.length > MOST_TOLD
      ? [`and ${problems.length - MOST_TOLD} more`]
      : []),
  ].join('; ');
}

/** An entity ref, turned into the spelling that the snapshots use. */
export function entityRefParameter(defaultKind?: string) {
  return z.string().transform((text, context) => {
    try {
      return stringifyEntityRef(
        parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
      );
    } catch {
      context.issues.push({
        code: 'custom',
        input: text,
        message: `"${text}" is not an entity ref (kind:namespace/name)`,
      });
      return z.NEVER;
    }
  });
}

/** An instant of the past; the future is not known. */
export const asOfParameter = (now: Date) =>
  z.iso
    .datetime({
      offset: true,
      error: 'must be an instant such as 2026-01-31T12:00:00Z',
    })
    .transform(text => new Date(text))
    .refine(instant => instant <= now, { error: 'must not be in the future' });

export const limitParameter = z.coerce
  .number()
  .int()
  .min(1)
  .max(SNAPSHOT_LIMITS.page)
  .default(100);

const cursorContent = z.strictObject({ after: z.string() });

/** Where the next page begins. Opaque, so that what it holds may change. */
export const cursorParameter = z.string().transform((text, context) => {
  try {
    const json: unknown = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    );
    return cursorContent.parse(json).after;
  } catch {
    context.issues.push({
      code: 'custom',
      input: text,
      message: 'is not a cursor of this list',
    });
    return z.NEVER;
  }
});

export function cursorOf(after: string | undefined): string | undefined {
  return after === undefined
    ? undefined
    : Buffer.from(JSON.stringify({ after })).toString('base64url');
}
