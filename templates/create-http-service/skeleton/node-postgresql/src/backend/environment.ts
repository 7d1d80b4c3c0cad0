import { z } from 'zod';

/** Variables of the back end. Messages never repeat the value: it may hold a password. */
export const backendEnvironment = z.object({
  DATABASE_URL: z
    .string({ error: 'must be set' })
    .refine(
      (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
      'must be a URL such as postgresql://user:password@host:5432/database',
    ),
});

export type BackendEnvironment = z.infer<typeof backendEnvironment>;
