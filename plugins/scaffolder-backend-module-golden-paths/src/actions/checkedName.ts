import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** @throws InputError that names the field and the reason */
export function checkedName(schema: z.ZodType<string>, name: string): string {
  const parsed = schema.safeParse(name);
  if (!parsed.success) {
    throw new InputError(
      `name: ${parsed.error.issues.map(({ message }) => message).join(', ')}`,
    );
  }
  return parsed.data;
}
