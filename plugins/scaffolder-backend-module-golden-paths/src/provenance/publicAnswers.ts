import { JsonObject, JsonValue } from '@backstage/types';

const TELLTALE =
  /(secret|password|passwd|token|credential|private_?key|api_?key)/i;

/**
 * The answers of a form without what must stay secret: fields that are named so or excluded, and every value that holds one of the
 * run's secrets.
 */
export function publicAnswers(
  answers: JsonObject,
  options: { exclude?: readonly string[]; secrets?: Record<string, string> },
): JsonObject {
  const secrets = Object.values(options.secrets ?? {}).filter(Boolean);
  const isSecret = (value: JsonValue | undefined): boolean => {
    const text = JSON.stringify(value) ?? '';
    return secrets.some(secret =>
      text.includes(JSON.stringify(secret).slice(1, -1)),
    );
  };
  function clean(value: JsonValue): JsonValue {
    if (Array.isArray(value)) {
      return value
        .filter(item => typeof item === 'object' || !isSecret(item))
        .map(clean);
    }
    return value !== null && typeof value === 'object'
      ? cleanObject(value)
      : value;
  }
  function cleanObject(object: JsonObject): JsonObject {
    const kept: JsonObject = {};
    for (const [key, value] of Object.entries(object)) {
      const scalar = value === null || typeof value !== 'object';
      if (
        value !== undefined &&
        !TELLTALE.test(key) &&
        !options.exclude?.includes(key) &&
        !(scalar && isSecret(value))
      ) {
        kept[key] = clean(value);
      }
    }
    return kept;
  }
  return cleanObject(answers);
}
