import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

/** An entity reference of one kind, written out in full when parsed. */
function refSchema(kind: string) {
  return z.string().transform((value, context) => {
    try {
      const ref = parseEntityRef(value, {
        defaultKind: kind,
        defaultNamespace: 'default',
      });
      if (ref.kind.toLocaleLowerCase('en-US') === kind) {
        return stringifyEntityRef(ref);
      }
    } catch {
      // The issue below says what is wrong.
    }
    context.addIssue({
      code: 'custom',
      message: `must be a ${kind} reference, such as ${kind}:default/name`,
    });
    return z.NEVER;
  });
}

export const userRefSchema = refSchema('user');
export const groupRefSchema = refSchema('group');
