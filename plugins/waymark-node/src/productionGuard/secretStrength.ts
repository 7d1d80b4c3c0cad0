/** The shortest secret that is accepted: 32 characters, what `openssl rand -base64 24` prints. */
export const MINIMUM_SECRET_LENGTH = 32;

const WELL_KNOWN =
  /change.?me|your[-_ ]|example|default|secret|password|backstage|waymark|0123456789|abcdef|(.)\1{7}/i;

/** Why a value is no secret, in words that do not repeat it; undefined when it may be one. */
export function weaknessOfSecret(
  value: string | undefined,
  minimumLength = MINIMUM_SECRET_LENGTH,
): string | undefined {
  if (!value) {
    return 'is not set';
  }
  if (value.length < minimumLength) {
    return `has ${value.length} characters, fewer than ${minimumLength}`;
  }
  if (WELL_KNOWN.test(value) || new Set(value).size < 8) {
    return 'is a well-known or guessable value';
  }
  return undefined;
}
