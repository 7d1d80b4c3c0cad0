import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

/** Where the definitions of the tests are written. */
export const locationOf = (name: string) =>
  `url:https://forge.example/acme/portal/tree/main/${name}.yaml`;

function aDefinition(
  kind: string,
  name: string,
  spec: JsonObject,
  metadata: JsonObject,
): Entity {
  return {
    apiVersion: 'waymark.dev/v1',
    kind,
    metadata: {
      name,
      annotations: { 'backstage.io/managed-by-location': locationOf(name) },
      ...metadata,
    },
    spec: { owner: 'group:default/platform', ...spec },
  } as Entity;
}

/** A fact source with a fact `readme` of type boolean and a fact `tests` of type integer. */
export function aFactSource(
  id: string,
  spec: JsonObject = {},
  metadata: JsonObject = {},
): Entity {
  return aDefinition(
    'FactSource',
    `the-${id}`,
    {
      id,
      appliesTo: { kind: 'Component' },
      staleAfter: 'P1D',
      schema: {
        type: 'object',
        required: ['readme', 'tests'],
        properties: {
          readme: { type: 'boolean' },
          tests: { type: 'integer' },
        },
      },
      ...spec,
    },
    metadata,
  );
}

/** A scorecard of two levels whose checks are the given rules, all of the lower level. */
export function aScorecard(
  name: string,
  rules: string[],
  spec: JsonObject = {},
  metadata: JsonObject = {},
): Entity {
  return aDefinition(
    'Scorecard',
    name,
    {
      appliesTo: { kind: 'Component' },
      levels: [
        { id: 'bronze', title: 'Bronze' },
        { id: 'silver', title: 'Silver' },
      ],
      checks: rules.map((rule, index) => ({
        id: `check-${index}`,
        title: `Check ${index}`,
        level: 'bronze',
        because: 'We say so.',
        rule,
      })),
      ...spec,
    },
    metadata,
  );
}
