import { GitHubApiError } from '../errors';
import { EmulatorAnswer } from './Emulator';

/** The emulator's refusal as an error of the forge. */
export function asError(answer: EmulatorAnswer): GitHubApiError {
  const body = (answer.body ?? {}) as { message?: string };
  return new GitHubApiError(
    answer.status,
    body.message ?? `The emulator answered ${answer.status}`,
  );
}
