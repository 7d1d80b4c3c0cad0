/**
 * How a function of the rule language is called, for the person who writes a rule.
 * @public
 */
export interface FunctionSignature {
  name: string;
  /** What it is called on: nothing, or a receiver of one of these types. */
  on?: readonly ReceiverType[];
  /** Names of arguments and type of the result, such as `(other: string): bool`. */
  signature: string;
  description: string;
}

/** Types that have methods of their own. @public */
export type ReceiverType =
  | 'string'
  | 'list'
  | 'map'
  | 'timestamp'
  | 'duration'
  | 'optional';

const LISTS = ['list', 'map'] as const;
const TIMES = ['timestamp', 'duration'] as const;

const clock = (name: string, description: string): FunctionSignature => ({
  name,
  on: ['timestamp'],
  signature: '(zone?: string): int',
  description,
});

const clockOrLength = (
  name: string,
  description: string,
): FunctionSignature => ({ ...clock(name, description), on: TIMES });

const conversion = (name: string, description: string): FunctionSignature => ({
  name,
  signature: `(value): ${name}`,
  description,
});

/**
 * Every function and macro of the rule language.
 * @public
 */
export const FUNCTION_SIGNATURES: readonly FunctionSignature[] = [
  {
    name: 'ageDays',
    signature: '(instant: string | timestamp): int',
    description: 'Whole days of 24 hours since an instant or a day.',
  },
  {
    name: 'within',
    signature: '(instants: list, length: duration): list',
    description: 'Those of the instants or days that are no older.',
  },
  {
    name: 'days',
    signature: '(count: int): duration',
    description: 'A length of time in days of 24 hours.',
  },
  {
    name: 'semver',
    signature: '(version: string): SemanticVersion',
    description: 'A semantic version, to be compared with others.',
  },
  {
    name: 'has',
    signature: '(field): bool',
    description: 'Whether the field is there.',
  },
  {
    name: 'size',
    signature: '(value: string | list | map): int',
    description: 'How many characters, items or keys there are.',
  },
  conversion('bool', 'True or false from a text.'),
  conversion('bytes', 'The bytes of a text.'),
  conversion('double', 'A number with decimals.'),
  conversion('duration', 'A length of time from a text such as 90m.'),
  {
    name: 'dyn',
    signature: '(value): dyn',
    description:
      'The value itself; its type is looked at only when it is used.',
  },
  conversion('int', 'A whole number.'),
  conversion('string', 'A text.'),
  conversion('timestamp', 'An instant from a text of RFC 3339.'),
  conversion('type', 'The type of a value.'),
  conversion('uint', 'A whole number that is not negative.'),
  {
    name: 'cel.bind',
    signature: '(name, value, expression): any',
    description: 'The expression, in which the name stands for the value.',
  },
  {
    name: 'optional.of',
    signature: '(value): optional',
    description: 'An optional value that is there.',
  },
  {
    name: 'optional.none',
    signature: '(): optional',
    description: 'An optional value that is not there.',
  },
  {
    name: 'all',
    on: LISTS,
    signature: '(item, condition: bool): bool',
    description: 'Whether the condition is true of every item.',
  },
  {
    name: 'exists',
    on: LISTS,
    signature: '(item, condition: bool): bool',
    description: 'Whether the condition is true of an item.',
  },
  {
    name: 'exists_one',
    on: LISTS,
    signature: '(item, condition: bool): bool',
    description: 'Whether the condition is true of exactly one item.',
  },
  {
    name: 'filter',
    on: LISTS,
    signature: '(item, condition: bool): list',
    description: 'The items of which the condition is true.',
  },
  {
    name: 'map',
    on: LISTS,
    signature: '(item, expression): list',
    description:
      'What the expression gives for each item; with a condition before it, for each of which that is true.',
  },
  {
    name: 'size',
    on: ['string', 'list', 'map'],
    signature: '(): int',
    description: 'How many characters, items or keys there are.',
  },
  {
    name: 'contains',
    on: ['string'],
    signature: '(part: string): bool',
    description: 'Whether the text has this part.',
  },
  {
    name: 'startsWith',
    on: ['string'],
    signature: '(part: string): bool',
    description: 'Whether the text begins so.',
  },
  {
    name: 'endsWith',
    on: ['string'],
    signature: '(part: string): bool',
    description: 'Whether the text ends so.',
  },
  {
    name: 'matches',
    on: ['string'],
    signature: '(pattern: string): bool',
    description: 'Whether an RE2 pattern is found in the text.',
  },
  clock('getDate', 'Day of the month, from 1.'),
  clock('getDayOfMonth', 'Day of the month, from 0.'),
  clock('getDayOfWeek', 'Day of the week, from 0 for Sunday.'),
  clock('getDayOfYear', 'Day of the year, from 0.'),
  clock('getFullYear', 'The year.'),
  clock('getMonth', 'The month, from 0.'),
  clockOrLength('getHours', 'Hours of the day, or of a whole length of time.'),
  clockOrLength(
    'getMinutes',
    'Minutes of the hour, or of a whole length of time.',
  ),
  clockOrLength(
    'getSeconds',
    'Seconds of the minute, or of a whole length of time.',
  ),
  clockOrLength('getMilliseconds', 'Milliseconds of the last second.'),
  {
    name: 'hasValue',
    on: ['optional'],
    signature: '(): bool',
    description: 'Whether the value is there.',
  },
  {
    name: 'value',
    on: ['optional'],
    signature: '(): any',
    description: 'The value; not known where it is not there.',
  },
  {
    name: 'orValue',
    on: ['optional'],
    signature: '(other): any',
    description: 'The value, or another where it is not there.',
  },
  {
    name: 'or',
    on: ['optional'],
    signature: '(other: optional): optional',
    description: 'This, or the other where the value is not there.',
  },
];
