import { z } from 'zod';
import { JsonObject } from '@backstage/types';
import { DefinitionProblem, describeProblems } from './problems';

/**
 * The API version of all kinds of Waymark.
 * @public
 */
export const DEFINITION_API_VERSION = 'waymark.dev/v1';

/**
 * What parsing a definition gives: the definition with its defaults filled in, or every problem found.
 * @public
 */
export type DefinitionResult<T> =
  | { ok: true; definition: T }
  | { ok: false; problems: DefinitionProblem[] };

/**
 * A catalog kind that holds a definition: how a document of it is read, and its JSON Schema for editors.
 * @public
 */
export interface DefinitionKind<T = unknown> {
  /** The kind as written in YAML, such as `Scorecard`. */
  readonly kind: string;
  /** Reads a document. Never throws; reports all problems at once. */
  parse(document: unknown): DefinitionResult<T>;
  /** JSON Schema (draft 7, the one that YAML editors know best) of the document as people write it. */
  jsonSchema(): JsonObject;
}

/**
 * A parsed document of a kind, defaults filled in.
 * @public
 */
export interface Definition<TSpec> {
  apiVersion: typeof DEFINITION_API_VERSION;
  kind: string;
  metadata: { name: string; namespace?: string; title?: string };
  spec: TSpec;
}

/**
 * Defines a kind of group `waymark.dev/v1` by the zod schema of its `spec`.
 *
 * @remarks
 * The metadata is left to the catalog, which validates it for every kind alike; here it is described for editors only.
 * @public
 */
export function defineKind<TSpec extends z.ZodType>(options: {
  kind: string;
  description: string;
  spec: TSpec;
}): DefinitionKind<Definition<z.output<TSpec>>> {
  const schema = z
    .looseObject({
      apiVersion: z.literal(DEFINITION_API_VERSION),
      kind: z.literal(options.kind),
      metadata: z.looseObject({
        name: z.string().describe('Unique among the entities of this kind.'),
        namespace: z.string().optional(),
        title: z.string().optional().describe('What people read.'),
        description: z.string().optional(),
        labels: z.record(z.string(), z.string()).optional(),
        annotations: z.record(z.string(), z.string()).optional(),
        tags: z.array(z.string()).optional(),
        links: z.array(z.looseObject({ url: z.string() })).optional(),
      }),
      spec: options.spec,
    })
    .describe(options.description);

  return {
    kind: options.kind,
    parse(document) {
      const result = schema.safeParse(document);
      return result.success
        ? // The output of a loose object over a generic spec is beyond what TypeScript can reduce.
          {
            ok: true,
            definition: result.data as unknown as Definition<z.output<TSpec>>,
          }
        : {
            ok: false,
            problems: describeProblems(schema, document, result.error),
          };
    },
    jsonSchema() {
      const { '~standard': _, ...jsonSchema } = z.toJSONSchema(schema, {
        io: 'input',
        target: 'draft-7',
        unrepresentable: 'any',
      });
      return { title: options.kind, ...jsonSchema } as JsonObject;
    },
  };
}
