/** What a failed run means for a person. */
export interface FailureExplanation {
  /** What failed, in plain words. */
  what: string;
  /** What the person can do about it. */
  advice: string;
}

const ADVICE: { when: RegExp; advice: string }[] = [
  {
    when: /^ConflictError: name: |already exists|there is already|was begun with other answers/i,
    advice: 'Start over with another name. Your other answers are kept.',
  },
  {
    when: /InputError|Invalid input|must (match|be|have)|is not valid/i,
    advice: 'Start over and correct that answer. The others are kept.',
  },
  {
    when: /rate limit|\b429\b/i,
    advice: 'The forge asks to wait. Retry in a few minutes.',
  },
  {
    when: /NotAllowedError|AuthenticationError|forbidden|unauthori[sz]ed|\b40[13]\b/i,
    advice:
      'Retrying will not help until somebody grants access: show this page to the platform team.',
  },
  {
    when: /ServiceUnavailableError|time[d]? ?out|ECONN|ENOTFOUND|EAI_AGAIN|fetch failed|socket hang up|\b50[0-9]\b/i,
    advice:
      'Something that this step needs did not answer. Retry: it goes on where it stopped.',
  },
];
const DEFAULT_ADVICE =
  'Retry: it goes on where it stopped and makes nothing twice. If it fails again, show this page to the platform team.';

/**
 * Explains the failure of a step.
 *
 * @param message - of its error, after the name of the error: `NotAllowedError: …`
 */
export function explainFailure(
  message: string,
  stepName?: string,
): FailureExplanation {
  return {
    what: stepName
      ? `“${stepName}” failed, and the steps after it did not run.`
      : 'The run failed.',
    advice:
      ADVICE.find(({ when }) => when.test(message))?.advice ?? DEFAULT_ADVICE,
  };
}
