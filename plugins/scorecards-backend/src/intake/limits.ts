import { JsonObject } from '@backstage/types';

/** Most of what one request, payload or text may hold. */
export const INTAKE_LIMITS = {
  /** Bytes of the body of one request. */
  body: 8 * 1024 * 1024,
  /** Bytes of the payload of one fact, as JSON. */
  payload: 128 * 1024,
  /** Objects and lists within each other, so that nothing that walks through a payload runs out of stack. */
  depth: 32,
  url: 2_048,
};

/** Why a payload is too large, or undefined when it is not. */
export function oversize(payload: JsonObject): string | undefined {
  if (isDeeperThan(payload, INTAKE_LIMITS.depth)) {
    return `must not have more than ${INTAKE_LIMITS.depth} objects and lists within each other`;
  }
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  return bytes > INTAKE_LIMITS.payload
    ? `must not be larger than ${INTAKE_LIMITS.payload} bytes, but has ${bytes}`
    : undefined;
}

/** Level by level, and not by recursion: depth is just what is not known yet. */
function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter(
      (item): item is object => typeof item === 'object' && item !== null,
    );
    if (containers.length > 0 && depth === most) {
      return true;
    }
    level = containers.flatMap(item => Object.values(item));
  }
  return false;
}

// PostgreSQL has no text with the character 0, and no address has any of these.
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u0020\u007f]/;

/** Why a text cannot be the address of a page, or undefined when it can. */
export function pageUrlProblem(text: string): string | undefined {
  const good =
    text.length <= INTAKE_LIMITS.url &&
    !CONTROL_CHARACTER.test(text) &&
    URL.canParse(text) &&
    ['http:', 'https:'].includes(new URL(text).protocol);
  return good
    ? undefined
    : `must be an http or https URL of at most ${INTAKE_LIMITS.url} characters`;
}
