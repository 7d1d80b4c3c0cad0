import { formatPath } from '@waymark/waymark-common';
import { z } from 'zod';

/** One sentence that names each wrong field and what is wrong with it. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${formatPath(path) || 'document'}: ${message}`)
    .join('; ');
}
