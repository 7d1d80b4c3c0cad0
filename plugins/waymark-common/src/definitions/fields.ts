import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { createZodV4FilterPredicateSchema } from '@backstage/filter-predicates';
import { z } from 'zod';
import { didYouMean } from './nearest';

const OPERATORS = {
  predicate: ['$all', '$any', '$not'],
  value: ['$exists', '$in', '$contains', '$hasPrefix'],
};

const NO_PREDICATE =
  'must be a filter predicate such as { kind: Component, spec.type: service }';

/**
 * An id inside a definition, such as that of a check: lower-case letters, digits and single dashes.
 * @public
 */
export const idSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'must be lower-case letters and digits separated by single dashes',
  });

/**
 * A calendar day, `2026-12-01`.
 * @public
 */
export const isoDateSchema = z.iso.date({
  error: issue =>
    issue.input === undefined
      ? 'is missing, expected a date such as 2026-12-01'
      : 'must be a date such as 2026-12-01',
});

/**
 * An ISO 8601 duration, `PT15M` or `P7D`.
 * @public
 */
export const isoDurationSchema = z.iso.duration({
  error: issue =>
    issue.input === undefined
      ? 'is missing, expected an ISO 8601 duration such as PT15M or P7D'
      : 'must be an ISO 8601 duration such as PT15M or P7D',
});

/**
 * A reference to an entity, completed to `kind:namespace/name`.
 *
 * @param kind - the only one that is allowed, which then may be left out
 * @public
 */
export function entityRefSchema(kind?: string) {
  return z.string().transform((text, context) => {
    try {
      const ref = parseEntityRef(text, {
        defaultKind: kind,
        defaultNamespace: 'default',
      });
      if (!kind || ref.kind.toLocaleLowerCase('en-US') === kind) {
        return stringifyEntityRef(ref);
      }
    } catch {
      // Reported below, together with references to other kinds.
    }
    context.issues.push({
      code: 'custom',
      input: text,
      message: kind
        ? `must name a ${kind} as ${kind}:default/name, not "${text}"`
        : `must name an entity as kind:namespace/name, not "${text}"`,
    });
    return z.NEVER;
  });
}

/**
 * The group that answers for a definition.
 * @public
 */
export const ownerSchema = entityRefSchema('group').describe(
  'The group that answers for this definition, as group:default/name.',
);

/**
 * Which entities a definition is about: a Backstage filter predicate with an object at its root.
 * @public
 */
export const appliesToSchema = z
  .preprocess((predicate, context) => {
    const problems =
      typeof predicate === 'object' || predicate === undefined
        ? operatorProblems(predicate, [])
        : [{ path: [], message: NO_PREDICATE }];
    for (const problem of problems) {
      context.addIssue({ code: 'custom', ...problem });
    }
    return predicate;
  }, createZodV4FilterPredicateSchema())
  .describe(
    'Which entities this is about: a Backstage filter predicate such as { kind: Component, spec.type: service }.',
  );

// Checked before the library's schema, which drops keys beside an operator silently: a typo would widen the population.
function operatorProblems(
  value: unknown,
  path: PropertyKey[],
): { path: PropertyKey[]; message: string }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      operatorProblems(item, [...path, index]),
    );
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const keys = Object.keys(value);
  const known = [...OPERATORS.predicate, ...OPERATORS.value];
  const operators = keys.filter(key => key.startsWith('$'));
  return [
    ...operators
      .filter(key => !known.includes(key))
      .map(key => ({
        path: [...path, key],
        message: `unknown operator${didYouMean(key, known)}`,
      })),
    ...(operators.length > 0 && keys.length > 1
      ? [{ path, message: `"${operators[0]}" must stand alone` }]
      : []),
    ...Object.entries(value).flatMap(([key, child]) =>
      operatorProblems(child, [...path, key]),
    ),
  ];
}
