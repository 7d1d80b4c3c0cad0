import type { z } from 'zod/v3';

type Zod = typeof z;

/** Fields that several actions take, described once. The scaffolder hands out the `z` that its schemas are made of. */
export const fields = {
  repoUrl: (zod: Zod) =>
    zod
      .string()
      .describe(
        'The repository as `<host>?owner=<owner>&repo=<name>`; the host must be one of the GitHub integration',
      ),
  branch: (zod: Zod) =>
    zod.string().regex(
      // What Git allows, less what needs quoting anywhere.
      /^(?!.*(\.\.|\/\/|\.lock$|\/$|\.$))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/,
    ),
  sourcePath: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe('A folder of the workspace; all of it when absent'),
  entityRef: (zod: Zod) =>
    zod.string().regex(/^[^\s:/]+:([^\s:/]+\/)?[^\s:/]+$/),
};
