import type { RuleFactSource } from '@waymark/scorecards-common';
import type { NestedCondition, TopLevelCondition } from 'json-rules-engine';
import { Random, seededRandom } from './random';

const boolean = { type: 'boolean' };
const integer = { type: 'integer' };
const text = { type: 'string' };

function object(properties: Record<string, object>) {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  };
}

/** The fact sources of the workload: what a portal knows of a service. */
export const FACT_SOURCES = [
  {
    id: 'inventory',
    schema: object({
      owner: object({ exists: boolean, people: integer }),
      description: { type: ['string', 'null'] },
      documentation: boolean,
      onCall: { type: ['string', 'null'] },
    }),
  },
  {
    id: 'git',
    schema: object({
      files: object({
        readme: boolean,
        license: boolean,
        dockerfile: boolean,
        dependabot: boolean,
      }),
      codeOwners: { type: 'array', items: text },
      testFiles: integer,
      language: text,
      actions: { type: 'array', items: text },
    }),
  },
  {
    id: 'github',
    schema: object({
      branchProtection: object({
        enabled: boolean,
        requiredApprovals: integer,
        signedCommits: boolean,
      }),
      openPullRequests: integer,
      visibility: text,
    }),
  },
  {
    id: 'quality',
    schema: object({
      coverage: { type: 'number' },
      criticalVulnerabilities: integer,
      majorVulnerabilities: integer,
    }),
  },
] as unknown as RuleFactSource[];

/** An entity and what is known of it. */
export interface Subject {
  readonly entity: {
    readonly kind: string;
    readonly spec: { readonly type: string; readonly lifecycle: string };
    readonly metadata: { readonly name: string; readonly tags: string[] };
  };
  readonly facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function subject(random: Random, index: number): Subject {
  const chance = (share: number) => random.next() < share;
  const oneOf = <T>(...values: T[]) => values[random.below(values.length)];
  return {
    entity: {
      kind: 'Component',
      spec: {
        type: oneOf('service', 'worker', 'library'),
        lifecycle: oneOf('production', 'experimental'),
      },
      metadata: {
        name: `component-${index}`,
        tags: ['go', 'pci', 'java', 'batch'].filter(() => chance(0.4)),
      },
    },
    facts: {
      inventory: {
        owner: { exists: chance(0.95), people: random.below(9) },
        description: oneOf('It does things.', null),
        documentation: chance(0.6),
        onCall: oneOf('https://oncall.example/1', null),
      },
      git: {
        files: {
          readme: chance(0.9),
          license: chance(0.7),
          dockerfile: chance(0.8),
          dependabot: chance(0.5),
        },
        codeOwners: ['@acme/a', '@acme/b'].filter(() => chance(0.5)),
        testFiles: random.below(40),
        language: oneOf('go', 'java', 'typescript', 'python'),
        actions: ['checkout', 'setup', 'deploy'].filter(() => chance(0.7)),
      },
      github: {
        branchProtection: {
          enabled: chance(0.8),
          requiredApprovals: random.below(3),
          signedCommits: chance(0.3),
        },
        openPullRequests: random.below(30),
        visibility: oneOf('private', 'internal', 'public'),
      },
      quality: {
        coverage: random.next() * 100,
        criticalVulnerabilities: random.below(3),
        majorVulnerabilities: random.below(12),
      },
    },
  };
}

/** The same subjects for the same seed. */
export function subjects(count: number, seed: number): Subject[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => subject(random, index));
}

/** One check, once in CEL and once as the conditions of json-rules-engine; tests show that they agree. */
export interface Rule {
  readonly cel: string;
  readonly json: TopLevelCondition;
}

function condition(
  path: string,
  operator: string,
  value: unknown,
): NestedCondition {
  const [root, ...rest] = path.split('.');
  const [fact, keys] =
    root === 'facts' ? [rest[0], rest.slice(1)] : [root, rest];
  return { fact, path: `$.${keys.join('.')}`, operator, value };
}

const all = (...conditions: NestedCondition[]): TopLevelCondition => ({
  all: conditions,
});
const any = (...conditions: NestedCondition[]): TopLevelCondition => ({
  any: conditions,
});
const isTrue = (path: string): Rule => ({
  cel: path,
  json: all(condition(path, 'equal', true)),
});

/** Twenty checks as scorecards have them: mostly a field, a number, a text, two or three together. */
export const RULES: readonly Rule[] = [
  isTrue('facts.git.files.readme'),
  isTrue('facts.git.files.license'),
  isTrue('facts.inventory.documentation'),
  isTrue('facts.github.branchProtection.enabled'),
  {
    cel: 'facts.inventory.owner.exists && facts.inventory.owner.people > 0',
    json: all(
      condition('facts.inventory.owner.exists', 'equal', true),
      condition('facts.inventory.owner.people', 'greaterThan', 0),
    ),
  },
  {
    cel: 'facts.inventory.description != null',
    json: all(condition('facts.inventory.description', 'notEqual', null)),
  },
  {
    cel: 'facts.inventory.onCall != null',
    json: all(condition('facts.inventory.onCall', 'notEqual', null)),
  },
  {
    cel: 'facts.git.testFiles > 0',
    json: all(condition('facts.git.testFiles', 'greaterThan', 0)),
  },
  {
    cel: 'facts.quality.coverage >= 60.0',
    json: all(condition('facts.quality.coverage', 'greaterThanInclusive', 60)),
  },
  {
    cel: 'facts.quality.coverage >= 80.0 && facts.git.testFiles >= 10',
    json: all(
      condition('facts.quality.coverage', 'greaterThanInclusive', 80),
      condition('facts.git.testFiles', 'greaterThanInclusive', 10),
    ),
  },
  {
    cel: 'facts.github.branchProtection.requiredApprovals >= 1',
    json: all(
      condition(
        'facts.github.branchProtection.requiredApprovals',
        'greaterThanInclusive',
        1,
      ),
    ),
  },
  {
    cel: "facts.github.visibility != 'public'",
    json: all(condition('facts.github.visibility', 'notEqual', 'public')),
  },
  {
    cel: 'facts.quality.criticalVulnerabilities == 0',
    json: all(condition('facts.quality.criticalVulnerabilities', 'equal', 0)),
  },
  {
    cel: 'facts.quality.criticalVulnerabilities == 0 && facts.quality.majorVulnerabilities <= 5',
    json: all(
      condition('facts.quality.criticalVulnerabilities', 'equal', 0),
      condition('facts.quality.majorVulnerabilities', 'lessThanInclusive', 5),
    ),
  },
  {
    cel: "facts.git.language in ['go', 'java', 'typescript']",
    json: all(
      condition('facts.git.language', 'in', ['go', 'java', 'typescript']),
    ),
  },
  {
    cel: "'@acme/a' in facts.git.codeOwners",
    json: all(condition('facts.git.codeOwners', 'contains', '@acme/a')),
  },
  {
    cel: "entity.spec.lifecycle == 'production'",
    json: all(condition('entity.spec.lifecycle', 'equal', 'production')),
  },
  {
    cel: "entity.spec.lifecycle != 'production' || facts.github.branchProtection.signedCommits",
    json: any(
      condition('entity.spec.lifecycle', 'notEqual', 'production'),
      condition('facts.github.branchProtection.signedCommits', 'equal', true),
    ),
  },
  {
    cel: "facts.git.files.dockerfile || entity.spec.type == 'library'",
    json: any(
      condition('facts.git.files.dockerfile', 'equal', true),
      condition('entity.spec.type', 'equal', 'library'),
    ),
  },
  {
    cel: "facts.git.files.dependabot && facts.github.openPullRequests < 20 && !('batch' in entity.metadata.tags)",
    json: all(
      condition('facts.git.files.dependabot', 'equal', true),
      condition('facts.github.openPullRequests', 'lessThan', 20),
      condition('entity.metadata.tags', 'doesNotContain', 'batch'),
    ),
  },
];
