import {
  factSourceSpecSchema,
  scorecardSpecSchema,
  type FactSourceSpec,
  type ScorecardSpec,
} from '@waymark/scorecards-common';
import type { DefinitionInForce, ResultDefinitions } from '../DefinitionSets';

/** Definitions in memory, that a test changes as it likes. */
export class TestDefinitions implements ResultDefinitions {
  #version = 0;
  #scorecards: DefinitionInForce<ScorecardSpec>[] = [];
  #factSources: DefinitionInForce<FactSourceSpec>[] = [];

  /** Puts in force what is given, as people write it, and nothing else. */
  set(definitions: {
    scorecards: Record<string, object>;
    factSources: Record<string, object>;
  }): void {
    this.#version += 1;
    const number = (index: number) => this.#version * 1000 + index;
    this.#scorecards = Object.entries(definitions.scorecards).map(
      ([name, spec], index) => ({
        id: number(index),
        name,
        spec: scorecardSpecSchema.parse(spec),
      }),
    );
    this.#factSources = Object.entries(definitions.factSources).map(
      ([name, spec], index) => ({
        id: number(500 + index),
        name,
        spec: factSourceSpecSchema.parse({ id: name, ...spec }),
      }),
    );
  }

  async version(): Promise<string> {
    return String(this.#version);
  }

  async inForce() {
    return { scorecards: this.#scorecards, factSources: this.#factSources };
  }
}

/** A fact source of services with the schema of one object. */
export const aFactSource = (
  properties: Record<string, object>,
  more: object = {},
) => ({
  owner: 'group:default/platform',
  appliesTo: { kind: 'component' },
  staleAfter: 'P7D',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  },
  ...more,
});

/** A scorecard of services with the levels bronze and silver. */
export const aScorecard = (checks: object[], more: object = {}) => ({
  owner: 'group:default/platform',
  appliesTo: { kind: 'component' },
  levels: [
    { id: 'bronze', title: 'Bronze' },
    { id: 'silver', title: 'Silver' },
  ],
  checks: checks.map((check, index) => ({
    id: `check-${index}`,
    title: `Check ${index}`,
    level: 'bronze',
    because: 'A test says so.',
    ...check,
  })),
  ...more,
});
