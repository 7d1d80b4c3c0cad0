import { JsonObject } from '@backstage/types';
import {
  TemplateEntityV1beta3,
  templateEntityV1beta3Validator,
} from '@backstage/plugin-scaffolder-common';
import Ajv, { ErrorObject } from 'ajv';
import { Finding } from './Finding';
import { TemplateSource } from './TemplateSource';

/** Reads JSON Schemas as forms do, with keywords that only forms know. */
export const ajv = new Ajv({ strict: false, allErrors: true, logger: false });

/** A JSON pointer as the path of its keys. */
export const keysOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));

/** Where an error is; of an unknown field, the field itself. */
export const pathOf = ({
  instancePath,
  params,
}: ErrorObject): (string | number)[] => [
  ...keysOf(instancePath),
  ...(params.additionalProperty ? [params.additionalProperty] : []),
];

/** An error of a JSON Schema in words. */
export function describeError(error: ErrorObject): string {
  const { additionalProperty, allowedValues } = error.params;
  if (additionalProperty) return `unknown field "${additionalProperty}"`;
  const values = allowedValues ? `: ${allowedValues.join(', ')}` : '';
  return `${error.message ?? error.keyword}${values}`;
}

/** The pages of the form, each a JSON Schema with its place in the description. */
export function pagesOf(template: TemplateEntityV1beta3) {
  const { parameters = [] } = template.spec;
  return Array.isArray(parameters)
    ? parameters.map((page, index) => ({
        page: page as JsonObject,
        path: ['spec', 'parameters', index],
      }))
    : [{ page: parameters as JsonObject, path: ['spec', 'parameters'] }];
}

/**
 * Whether the description is a Template of Backstage, and each page of its form a JSON Schema that can be filled in.
 */
export async function checkSchema(source: TemplateSource): Promise<Finding[]> {
  try {
    const known = await templateEntityV1beta3Validator.check(
      source.entity as TemplateEntityV1beta3,
    );
    if (!known) {
      return [
        {
          place: source.placeOf(['apiVersion']),
          rule: 'schema/kind',
          message:
            'apiVersion must be scaffolder.backstage.io/v1beta3, and kind Template',
        },
      ];
    }
  } catch (error) {
    const [, pointer = ''] = /^(\/\S+)/.exec((error as Error).message) ?? [];
    return [
      {
        place: source.placeOf(keysOf(pointer)),
        rule: 'schema/template',
        message: (error as Error).message,
      },
    ];
  }
  return pagesOf(source.entity as TemplateEntityV1beta3).flatMap(
    ({ page, path }) => checkPage(source, page, path),
  );
}

function checkPage(
  source: TemplateSource,
  page: JsonObject,
  path: (string | number)[],
): Finding[] {
  if (!ajv.validateSchema(page)) {
    return (ajv.errors ?? []).map(error => ({
      place: source.placeOf([...path, ...pathOf(error)]),
      rule: 'schema/parameters',
      message: describeError(error),
    }));
  }
  const properties = (page.properties ?? {}) as Record<string, JsonObject>;
  const required = (page.required ?? []) as string[];
  return [
    ...required
      .filter(name => !Object.hasOwn(properties, name))
      .map((name, index) => ({
        place: source.placeOf([...path, 'required', index]),
        rule: 'schema/required',
        message: `"${name}" is required, but no field of this page`,
      })),
    ...Object.entries(properties).flatMap(([name, field]) =>
      checkField(source, [...path, 'properties', name], field),
    ),
  ];
}

function checkField(
  source: TemplateSource,
  path: (string | number)[],
  field: JsonObject,
): Finding[] {
  try {
    const validate = ajv.compile(field);
    if (field.default === undefined || validate(field.default)) return [];
    return (validate.errors ?? []).map(error => ({
      place: source.placeOf([...path, 'default']),
      rule: 'schema/default',
      message: `the default ${describeError(error)}`,
    }));
  } catch (error) {
    return [
      {
        place: source.placeOf(path),
        rule: 'schema/parameters',
        message: (error as Error).message,
      },
    ];
  }
}
