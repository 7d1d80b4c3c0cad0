import {
  backEndSchema,
  componentNameSchema,
  languageSchema,
} from '@waymark/golden-paths-common';
import { z } from 'zod';

/** What the workflows of a service depend on. */
export const servicePipelineSchema = z.object({
  name: componentNameSchema,
  language: languageSchema,
  containerised: z.boolean(),
  backend: backEndSchema,
  /** `<registry>/<path>`, without tag. */
  imageRepository: z
    .string()
    .regex(
      /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/,
      'must be a repository of images such as ghcr.io/acme/quotes',
    ),
});
export type ServicePipeline = z.infer<typeof servicePipelineSchema>;
