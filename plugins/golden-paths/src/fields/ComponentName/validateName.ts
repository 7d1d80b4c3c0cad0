import { ApiHolder } from '@backstage/frontend-plugin-api';
import { componentNameSchema } from '@waymark/golden-paths-common';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';

/**
 * Refuses a name that is malformed or taken when the person goes on. When nobody can say, it lets them: the run asks again
 * before it makes anything.
 */
export async function validateName(
  name: string,
  field: { addError(message: string): void },
  context: { apiHolder: ApiHolder },
): Promise<void> {
  const parsed = componentNameSchema.safeParse(name);
  if (!parsed.success) {
    parsed.error.issues.forEach(issue => field.addError(issue.message));
    return;
  }
  try {
    const answer = await context.apiHolder
      .get(goldenPathsApiRef)
      ?.checkName(name);
    if (answer && !answer.available) {
      field.addError(`is taken: ${answer.reasons.join('; ')}`);
    }
  } catch {
    // The field has said so already.
  }
}
