import { JsonObject, JsonValue } from '@backstage/types';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { ajv, describeError, keysOf, pagesOf, pathOf } from './checkSchema';
import { Finding } from './Finding';
import { ActionDescription } from './Scaffolder';
import { TemplateSource } from './TemplateSource';

type Path = readonly (string | number)[];
interface Text {
  path: Path;
  text: string;
}

const EXPRESSION = /\$\{\{([\s\S]*?)\}\}/g;
const hasExpression = (value: unknown): boolean =>
  typeof value === 'string' && value.includes('${{');

/** Every text of a value, with its path. */
function textsOf(value: unknown, path: Path = []): Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<any>((inner, key) => inner?.[key], value);

/**
 * Whether every step calls an action that the portal has, with inputs that fit its schema, and whether every expression names
 * a field of the form, an earlier step and one of its outputs. A template renders what it does not know as nothing.
 */
export function checkSteps(
  source: TemplateSource,
  actions: ReadonlyMap<string, ActionDescription>,
): Finding[] {
  const { spec } = source.entity as TemplateEntityV1beta3;
  const fields = new Set(
    pagesOf(source.entity as TemplateEntityV1beta3).flatMap(({ page }) => [
      ...namesIn(page),
    ]),
  );
  const outputs = new Map<string, ReadonlySet<string> | undefined>();
  const findings: Finding[] = [];
  const checkTexts = (path: Path, value: unknown) => {
    for (const { path: inner, text } of textsOf(value)) {
      for (const message of unknownNames(text, { fields, outputs })) {
        findings.push({
          place: source.placeOf([...path, ...inner]),
          rule: 'steps/expression',
          message,
        });
      }
    }
  };
  spec.steps.forEach((step, index) => {
    const path = ['spec', 'steps', index];
    const action = actions.get(step.action);
    if (!action) {
      findings.push({
        place: source.placeOf([...path, 'action']),
        rule: 'steps/action',
        message: `the portal has no action "${step.action}"`,
      });
    }
    if (step.id && outputs.has(step.id)) {
      findings.push({
        place: source.placeOf([...path, 'id']),
        rule: 'steps/id',
        message: `there are two steps "${step.id}"`,
      });
    }
    checkTexts(path, { if: step.if, each: step.each, input: step.input });
    findings.push(
      ...checkInput(source, [...path, 'input'], step.input ?? {}, action),
    );
    if (step.id) outputs.set(step.id, outputNames(action));
  });
  checkTexts(['spec', 'output'], spec.output ?? {});
  return findings;
}

function checkInput(
  source: TemplateSource,
  path: Path,
  input: JsonObject,
  action: ActionDescription | undefined,
): Finding[] {
  const schema = action?.schema?.input;
  if (!schema) return [];
  const { $schema: _, ...rest } = schema;
  const validate = ajv.compile(rest);
  if (validate(input)) return [];
  return (validate.errors ?? [])
    .filter(
      ({ instancePath }) =>
        // What an expression gives is known only when it is run.
        !hasExpression(valueAt(input, keysOf(instancePath))),
    )
    .map(error => ({
      place: source.placeOf([...path, ...pathOf(error)]),
      rule: 'steps/input',
      message: `${action.id}: input${error.instancePath.replaceAll(
        '/',
        '.',
      )} ${describeError(error)}`,
    }));
}

function outputNames(
  action: ActionDescription | undefined,
): ReadonlySet<string> | undefined {
  const properties = action?.schema?.output?.properties;
  return properties && typeof properties === 'object'
    ? new Set(Object.keys(properties))
    : undefined;
}

/** Names of the fields of a form, those that only some answers show included. */
function namesIn(schema: JsonValue | undefined): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' && value
      ? Object.keys(value)
      : []),
    ...namesIn(value as JsonValue),
  ]);
}

const namesAfter = (expression: string, pattern: RegExp): string[][] =>
  [...expression.matchAll(pattern)].map(match => match.slice(1));

function unknownNames(
  text: string,
  known: {
    fields: ReadonlySet<string>;
    outputs: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  },
): string[] {
  const expressions = [...text.matchAll(EXPRESSION)].map(match => match[1]);
  return expressions.flatMap(expression => [
    ...namesAfter(expression, /(?<!environment\.)\bparameters\.(\w+)/g)
      .filter(([name]) => !known.fields.has(name))
      .map(([name]) => `the form has no field "${name}"`),
    ...namesAfter(
      expression,
      /\bsteps(?:\.(\w+)|\[['"]([\w-]+)['"]\])(?:\.output\.(\w+))?/g,
    ).flatMap(([dotted, quoted, output]) => {
      const id = dotted ?? quoted;
      if (!known.outputs.has(id)) return [`there is no earlier step "${id}"`];
      const names = known.outputs.get(id);
      return output && names && !names.has(output)
        ? [`step "${id}" has no output "${output}"`]
        : [];
    }),
  ]);
}
