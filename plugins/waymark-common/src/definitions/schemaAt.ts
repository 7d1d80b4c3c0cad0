import { z } from 'zod';

/** The object schemas that may stand at `path` inside `schema`; several where alternatives are allowed. */
export function objectSchemasAt(
  schema: z.core.$ZodType,
  path: ReadonlyArray<PropertyKey>,
): z.core.$ZodObject[] {
  const alternatives = unwrap(schema);
  const [head, ...rest] = path;
  if (head === undefined) {
    return alternatives.filter(
      (alternative): alternative is z.core.$ZodObject =>
        alternative instanceof z.core.$ZodObject,
    );
  }
  return alternatives.flatMap(alternative => {
    if (alternative instanceof z.core.$ZodObject) {
      const child = alternative._zod.def.shape[String(head)];
      return child ? objectSchemasAt(child, rest) : [];
    }
    if (alternative instanceof z.core.$ZodArray) {
      return objectSchemasAt(alternative._zod.def.element, rest);
    }
    return alternative instanceof z.core.$ZodRecord
      ? objectSchemasAt(alternative._zod.def.valueType, rest)
      : [];
  });
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodNullable
  ) {
    return unwrap(schema._zod.def.innerType);
  }
  if (schema instanceof z.core.$ZodPipe) {
    return unwrap(schema._zod.def.in);
  }
  if (schema instanceof z.core.$ZodUnion) {
    return schema._zod.def.options.flatMap(unwrap);
  }
  return [schema];
}
