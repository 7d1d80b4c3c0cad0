import { z } from 'zod';

/** One sentence that names each wrong field and what is wrong with it. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(issue => `${formatPath(issue.path)}: ${issue.message}`)
    .join('; ');
}

function formatPath(path: PropertyKey[]): string {
  return (
    path.reduce<string>((text, part) => {
      if (typeof part === 'number') {
        return `${text}[${part}]`;
      }
      return text ? `${text}.${String(part)}` : String(part);
    }, '') || 'document'
  );
}
