import { defineKind, type Definition } from '@waymark/waymark-common';
import { z } from 'zod';
import { factSourceSpecSchema } from './factSourceSpecSchema';

export {
  factSourceIdSchema,
  factSourceSpecSchema,
} from './factSourceSpecSchema';
export { compileFactSchema, type FactProblem } from './compileFactSchema';
export {
  factSchemaProblems,
  type FactSchemaProblem,
} from './factSchemaProblems';

/**
 * The kind `FactSource`: what is known about entities from one source, and who may say so.
 * @public
 */
export const factSourceKind = defineKind({
  kind: 'FactSource',
  description:
    'What is known about entities from one source, and who may say so.',
  spec: factSourceSpecSchema,
});

/**
 * A fact source as its consumers see it, defaults filled in.
 * @public
 */
export type FactSourceDefinition = Definition<FactSourceSpec>;

/**
 * The `spec` of a fact source, defaults filled in.
 * @public
 */
export type FactSourceSpec = z.output<typeof factSourceSpecSchema>;
