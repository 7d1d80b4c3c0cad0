import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { Operation } from '@waymark/waymark-node';
import { z } from 'zod';

type InputSchema = Parameters<
  ActionsRegistryService['register']
>[0]['schema']['input'];
type V3 = Parameters<InputSchema>[0];

/** The input of an action that answers what an operation answers. */
export interface ActionInput {
  /** For the registry, which knows another version of zod. */
  schema: InputSchema;
  /** The parameters of the path besides those of an entity. */
  params: string[];
  /** The path is that of an entity, named by its ref. */
  takesEntity: boolean;
}

const ENTITY = ['kind', 'namespace', 'name'];

/** Reads the input of an action from the path and the query of its operation. */
export function actionInput({ path, query }: Operation): ActionInput {
  const takesEntity = path.startsWith('/entities/');
  const params = [...path.matchAll(/:(\w+)/g)]
    .map(([, name]) => name)
    .filter(name => !takesEntity || !ENTITY.includes(name));
  const described = (
    query ? z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) : {}
  ) as JsonObject;
  const required = (described.required ?? []) as string[];
  const properties = Object.entries(
    (described.properties ?? {}) as Record<string, JsonObject>,
  );
  return {
    params,
    takesEntity,
    schema: v3 =>
      v3
        .object({
          ...(takesEntity && {
            entityRef: v3
              .string()
              .describe('kind:namespace/name, such as component:default/web'),
          }),
          ...Object.fromEntries(params.map(name => [name, v3.string()])),
          ...Object.fromEntries(
            properties.map(([name, property]) => {
              const value = valueOf(v3, property);
              return [name, required.includes(name) ? value : value.optional()];
            }),
          ),
        })
        .strict(),
  };
}

function valueOf(v3: V3, property: JsonObject) {
  const { type, description } = property;
  const choices = property.enum as [string, ...string[]] | undefined;
  const text = choices ? v3.enum(choices) : v3.string();
  const value = type === 'integer' || type === 'number' ? v3.number() : text;
  return description === undefined
    ? value
    : value.describe(String(description));
}
