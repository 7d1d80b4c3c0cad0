import { z } from 'zod';

/** Variables of the back end: there is none yet, so there are none. */
export const backendEnvironment = z.object({});

export type BackendEnvironment = z.infer<typeof backendEnvironment>;
