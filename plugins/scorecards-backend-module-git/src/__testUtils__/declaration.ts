import {
  compileFactSchema,
  factSourceSpecSchema,
} from '@waymark/scorecards-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { JsonObject } from '@backstage/types';

const FILE = resolve(__dirname, '../../../../catalog/fact-sources/git.yaml');

/** Checks a payload as the intake of facts does, by the declaration of the source in Git. */
export function problemOfPayload(): (payload: JsonObject) => unknown {
  const { spec } = parse(readFileSync(FILE, 'utf8'));
  return compileFactSchema(
    factSourceSpecSchema.parse(spec).schema as JsonObject,
  );
}
