import { describeProblems } from '@waymark/waymark-common';
import { summarise } from '@waymark/waymark-node';
import { z } from 'zod';

/**
 * A part of the configuration, if it is as it must be.
 *
 * @throws Error that names the key and the reason, and never what a secret is
 */
export function checkConfig<Schema extends z.ZodType>(
  key: string,
  value: unknown,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = describeProblems(schema, value, result.error).map(
      ({ path, reason }) => `${key}${path && `.${path}`}: ${reason}`,
    );
    throw new Error(`Invalid configuration: ${summarise(problems)}`);
  }
  return result.data;
}
