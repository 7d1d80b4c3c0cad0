import { JsonObject } from '@backstage/types';
import {
  compileFactSchema,
  factSourceSpecSchema,
} from '@waymark/scorecards-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const FOLDER = resolve(__dirname, '../../../../catalog/fact-sources');

/**
 * Checks payloads as the intake of facts does, by the declaration of a source in Git.
 *
 * @returns a function that gives the first problem, or undefined
 */
export function payloadProblems(
  source: string,
): (payload: JsonObject) => unknown {
  const { spec } = parse(readFileSync(`${FOLDER}/${source}.yaml`, 'utf8'));
  return compileFactSchema(
    factSourceSpecSchema.parse(spec).schema as JsonObject,
  );
}
