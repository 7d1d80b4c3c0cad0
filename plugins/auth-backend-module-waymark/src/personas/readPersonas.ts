import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const personaSchema = z.strictObject({
  login: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$/i),
  role: z.string().min(1),
  title: z.string().min(1),
  description: z.string().min(1),
});

/** Somebody to sign in as in development: a fixed user of the catalog, named by the login in the forge. */
export type Persona = z.infer<typeof personaSchema>;

/**
 * Reads `waymark.auth.personas`.
 *
 * @throws InputError naming the entry and the field that is wrong, or when the list is missing or empty.
 */
export function readPersonas(config: Config): Persona[] {
  const parsed = z
    .array(personaSchema)
    .min(1)
    .safeParse(config.getOptional('waymark.auth.personas'));
  if (!parsed.success) {
    throw new InputError(
      `Invalid configuration waymark.auth.personas, ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}
