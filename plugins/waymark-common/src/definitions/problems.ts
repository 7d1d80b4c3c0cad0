import { z } from 'zod';
import { didYouMean } from './nearest';
import { objectSchemasAt } from './schemaAt';

/**
 * Why a definition cannot be used.
 * @public
 */
export interface DefinitionProblem {
  /** Where, as `spec.checks[2].level`; empty for the whole document. */
  path: string;
  /** What is wrong there and what would be right, as the rest of a sentence that begins with the path. */
  reason: string;
}

/**
 * Writes a path as people write it in YAML and CEL; empty for the whole document.
 * @public
 */
export function formatPath(path: ReadonlyArray<PropertyKey>): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') {
      text += `[${segment}]`;
    } else if (/^[A-Za-z_$][\w$-]*$/.test(String(segment))) {
      text += text === '' ? String(segment) : `.${String(segment)}`;
    } else {
      text += `['${String(segment)}']`;
    }
  }
  return text;
}

const TYPE_IN_WORDS: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'empty',
  number: 'a number',
  object: 'an object with keys',
  record: 'an object with keys',
  string: 'text',
  undefined: 'missing',
};

const LONGEST_ECHO = 100;

/** What somebody wrote, for a message that must not grow with it. */
const echo = (text: string) =>
  text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text;

const inWords = (type: string) => TYPE_IN_WORDS[type] ?? type;

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}

function valueAt(value: unknown, path: ReadonlyArray<PropertyKey>): unknown {
  return path.reduce<unknown>(
    (current, segment) =>
      typeof current === 'object' && current !== null
        ? Reflect.get(current, segment)
        : undefined,
    value,
  );
}

function oneOf(values: string[], value: unknown): string {
  const allowed =
    values.length === 1
      ? `must be "${values[0]}"`
      : `must be one of ${values.map(v => `"${v}"`).join(', ')}`;
  if (value === undefined) {
    return `is missing, it ${allowed}`;
  }
  return typeof value === 'string'
    ? `${allowed}, not "${echo(value)}"${didYouMean(value, values)}`
    : `${allowed}, not ${inWords(typeOf(value))}`;
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? `is missing, expected ${inWords(issue.expected)}`
        : `must be ${inWords(issue.expected)}, not ${inWords(typeOf(value))}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), value);
    case 'too_small':
      if (issue.origin === 'array') {
        return `must have at least ${issue.minimum} entry`;
      }
      if (issue.origin === 'string') {
        return 'must not be empty';
      }
      return `must be ${issue.inclusive ? 'at least' : 'greater than'} ${
        issue.minimum
      }`;
    case 'too_big':
      if (issue.origin === 'array') {
        return `must have at most ${issue.maximum} entries`;
      }
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    case 'invalid_union': {
      const options = 'options' in issue ? issue.options : undefined;
      if (Array.isArray(options)) {
        return oneOf(options.map(String), value);
      }
      return value === undefined ? 'is missing' : 'is not of an allowed form';
    }
    default:
      return issue.message;
  }
}

/**
 * Turns what zod found into sentences for the person who wrote the YAML or JSON.
 *
 * @param schema - the schema that refused, asked for the keys it knows so that a mistyped one gets a suggestion
 * @param input - the refused value
 * @public
 */
export function describeProblems(
  schema: z.ZodType,
  input: unknown,
  error: z.ZodError,
): DefinitionProblem[] {
  return error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      const known = objectSchemasAt(schema, issue.path).flatMap(object =>
        Object.keys(object._zod.def.shape),
      );
      return issue.keys.map(key => ({
        path: formatPath([...issue.path, echo(key)]),
        reason: `unknown key${
          didYouMean(key, known) || ` (known: ${known.join(', ')})`
        }`,
      }));
    }
    return [
      {
        path: formatPath(issue.path),
        reason: reasonOf(issue, valueAt(input, issue.path)),
      },
    ];
  });
}
