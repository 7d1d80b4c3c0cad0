import type { EntitySnapshot } from '@waymark/waymark-common';
import { seededRandom } from '../rules/random';
import { FACT_SOURCES, RULES, subjects } from '../rules/workload';

/** How much there is: components, and checks over each of them. */
export interface Size {
  readonly entities: number;
  /** In scorecards of as many checks as there are rules in the workload. */
  readonly checks: number;
}

const SEED = 20_261_122;
/** Components that are made at a time: the same ones whatever the size. */
export const PORTION = 1_000;
const COMPONENTS_OF_A_SYSTEM = 20;
const SYSTEMS_OF_A_TEAM = 5;
const TEAMS_OF_A_DEPARTMENT = 10;
const SYSTEMS_OF_A_DOMAIN = 25;
/** Who writes the facts. */
export const COLLECTOR = 'benchmark';
const OWNER = 'group:default/platform';

/** A component, and the payload of each fact source about it. */
export interface Populated {
  readonly snapshot: EntitySnapshot;
  readonly facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const group = (kind: string, number: number) =>
  `group:default/${kind}-${number}`;

/** One portion of the components; always the same ones. */
export function portionOf(number: number): Populated[] {
  const first = number * PORTION;
  return subjects(PORTION, SEED + number).map(({ entity, facts }, offset) => {
    const index = first + offset;
    const name = `component-${index}`;
    const system = Math.floor(index / COMPONENTS_OF_A_SYSTEM);
    const team = Math.floor(system / SYSTEMS_OF_A_TEAM);
    const department = Math.floor(team / TEAMS_OF_A_DEPARTMENT);
    const { type, lifecycle } = entity.spec;
    const ownerPath = [
      group('team', team),
      group('department', department),
      group('company', 0),
    ];
    const refs = {
      owner: ownerPath[0],
      system: `system:default/system-${system}`,
    };
    return {
      facts,
      snapshot: {
        sequence: index + 1,
        ref: `component:default/${name}`,
        uid: `uid-${index}`,
        kind: 'component',
        type,
        lifecycle,
        ownerPath,
        ...refs,
        domain: `domain:default/domain-${Math.floor(
          system / SYSTEMS_OF_A_DOMAIN,
        )}`,
        inherits: false,
        validFrom: '2026-01-01T00:00:00.000Z',
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name,
            namespace: 'default',
            uid: `uid-${index}`,
            description: `Component number ${index}`,
            tags: entity.metadata.tags,
            annotations: { 'github.com/project-slug': `acme/${name}` },
          },
          spec: { type, lifecycle, ...refs },
        },
      },
    };
  });
}

/** The fact sources as entities of the catalog. */
export const FACT_SOURCE_ENTITIES = FACT_SOURCES.map(({ id, schema }) => ({
  apiVersion: 'waymark.dev/v1',
  kind: 'FactSource',
  metadata: { name: id, namespace: 'default' },
  spec: {
    id,
    owner: OWNER,
    appliesTo: { kind: 'Component' },
    schema,
    staleAfter: 'P30D',
    writers: [{ collector: COLLECTOR }],
  },
}));

// Each scorecard has rules of its own: each time a little stricter.
const ruleOf = (cel: string, scorecard: number) =>
  scorecard === 0
    ? cel
    : `(${cel}) && facts.github.openPullRequests < ${30 - scorecard}`;

/** A check that another tenth of the components passes when it is eased. */
const EASED = {
  from: 'facts.quality.coverage >= 60.0',
  to: 'facts.quality.coverage >= 50.0',
};

/**
 * The scorecards as entities of the catalog.
 *
 * @param options - `eased`: how often the first scorecard has been eased, 0 or 1
 */
export function scorecardEntities(
  { checks }: Size,
  { isEased = false }: { isEased?: boolean } = {},
) {
  return Array.from({ length: checks / RULES.length }, (_, scorecard) => ({
    apiVersion: 'waymark.dev/v1',
    kind: 'Scorecard',
    metadata: { name: `scorecard-${scorecard}`, namespace: 'default' },
    spec: {
      owner: OWNER,
      appliesTo: { kind: 'Component' },
      levels: ['bronze', 'silver', 'gold'].map(id => ({ id, title: id })),
      checks: RULES.map(({ cel }, index) => ({
        id: `check-${index}`,
        title: `Check ${index}`,
        level: ['bronze', 'silver', 'gold'][index % 3],
        rule: ruleOf(
          isEased && scorecard === 0 && cel === EASED.from ? EASED.to : cel,
          scorecard,
        ),
        because: 'It is measured.',
      })),
    },
  }));
}

/** Numbers of components in a random order that is always the same. */
export function someOf({ entities }: Size, count: number): number[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, () => random.below(entities));
}
