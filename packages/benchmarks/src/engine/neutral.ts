import type { EntitySnapshot } from '@waymark/waymark-common';
import { RULES } from '../rules/workload';
import {
  FACT_SOURCE_ENTITIES,
  Populated,
  PORTION,
  portionOf,
  scorecardEntities,
  Size,
} from './population';

/**
 * A workload that says nothing of Waymark's insides, so that another engine can be measured on the same one.
 */
export interface NeutralWorkload {
  readonly entities: readonly {
    /** `component:default/name` */
    readonly ref: string;
    readonly type: string;
    readonly lifecycle: string;
    /** Refs of the owner and the groups above it. */
    readonly ownerPath: readonly string[];
    readonly system: string;
    readonly domain: string;
    readonly tags: readonly string[];
  }[];
  readonly factSources: readonly {
    readonly id: string;
    /** JSON Schema. */
    readonly schema: object;
  }[];
  readonly facts: readonly {
    readonly entity: string;
    readonly source: string;
    readonly payload: Readonly<Record<string, unknown>>;
  }[];
  readonly scorecards: readonly {
    readonly name: string;
    readonly checks: readonly {
      readonly id: string;
      /** In CEL. */
      readonly rule: string;
      /** The same as conditions of json-rules-engine; of the first scorecard only. */
      readonly conditions?: object;
    }[];
  }[];
}

const LISTS = ['entities', 'factSources', 'facts', 'scorecards'] as const;

/** The workload of the benchmark. */
export function neutralWorkload(size: Size): NeutralWorkload {
  const populated = Array.from(
    { length: size.entities / PORTION },
    (_, number) => portionOf(number),
  ).flat();
  return {
    entities: populated.map(({ snapshot }) => ({
      ref: snapshot.ref,
      type: snapshot.type!,
      lifecycle: snapshot.lifecycle!,
      ownerPath: snapshot.ownerPath,
      system: snapshot.system!,
      domain: snapshot.domain!,
      tags: (snapshot.entity.metadata.tags ?? []) as string[],
    })),
    factSources: FACT_SOURCE_ENTITIES.map(({ spec: { id, schema } }) => ({
      id,
      schema,
    })),
    facts: populated.flatMap(({ snapshot: { ref }, facts }) =>
      Object.entries(facts).map(([source, payload]) => ({
        entity: ref,
        source,
        payload,
      })),
    ),
    scorecards: scorecardEntities(size).map(
      ({ metadata, spec }, scorecard) => ({
        name: metadata.name,
        checks: spec.checks.map(({ id, rule }, index) => ({
          id,
          rule,
          ...(scorecard === 0 && { conditions: RULES[index].json }),
        })),
      }),
    ),
  };
}

/** @throws Error naming what is wrong with the text of a workload */
export function parseWorkload(text: string): NeutralWorkload {
  const workload: unknown = JSON.parse(text);
  for (const list of LISTS) {
    const value = (workload as Record<string, unknown> | null)?.[list];
    if (!Array.isArray(value) || value.length === 0) {
      throw new Error(`${list}: must be a list with something in it`);
    }
  }
  const { entities, facts, factSources } = workload as NeutralWorkload;
  const refs = new Set(entities.map(({ ref }) => ref));
  const sources = new Set(factSources.map(({ id }) => id));
  entities.forEach(({ ref }, index) => {
    if (!/^component:default\/[^/:]+$/.test(ref)) {
      throw new Error(
        `entities[${index}].ref: must be such as component:default/name, but is ${ref}`,
      );
    }
  });
  facts.forEach(({ entity, source }, index) => {
    if (!refs.has(entity)) {
      throw new Error(`facts[${index}].entity: there is no entity ${entity}`);
    }
    if (!sources.has(source)) {
      throw new Error(`facts[${index}].source: there is no source ${source}`);
    }
  });
  return workload as NeutralWorkload;
}

function snapshotOf(
  { ref, ownerPath, ...rest }: NeutralWorkload['entities'][number],
  index: number,
): EntitySnapshot {
  const { type, lifecycle, system, domain, tags } = rest;
  const name = ref.split('/')[1];
  const uid = `uid-${index}`;
  const [owner] = ownerPath;
  return {
    ...{ ref, uid, type, lifecycle, owner, system, domain },
    sequence: index + 1,
    kind: 'component',
    ownerPath: [...ownerPath],
    inherits: false,
    validFrom: '2026-01-01T00:00:00.000Z',
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default', uid, tags: [...tags] },
      spec: { type, lifecycle, owner, system },
    },
  };
}

/** What the stores are filled with, from a workload. */
export function populationOf(workload: NeutralWorkload) {
  const facts = new Map<string, Record<string, Record<string, unknown>>>();
  for (const { entity, source, payload } of workload.facts) {
    const own = facts.get(entity) ?? {};
    facts.set(entity, own);
    own[source] = payload;
  }
  const populated = workload.entities.map(
    (entity, index): Populated => ({
      snapshot: snapshotOf(entity, index),
      facts: facts.get(entity.ref) ?? {},
    }),
  );
  return { populated, definitions: definitionsOf(workload) };
}

function definitionsOf({ factSources, scorecards }: NeutralWorkload) {
  const [sourceLike] = FACT_SOURCE_ENTITIES;
  const levels = ['bronze', 'silver', 'gold'];
  return [
    ...factSources.map(({ id, schema }) => ({
      ...sourceLike,
      metadata: { ...sourceLike.metadata, name: id },
      spec: { ...sourceLike.spec, id, schema },
    })),
    ...scorecards.map(({ name, checks }) => ({
      apiVersion: 'waymark.dev/v1',
      kind: 'Scorecard',
      metadata: { name, namespace: 'default' },
      spec: {
        owner: sourceLike.spec.owner,
        appliesTo: { kind: 'Component' },
        levels: levels.map(id => ({ id, title: id })),
        checks: checks.map(({ id, rule }, index) => ({
          id,
          rule,
          title: id,
          level: levels[index % levels.length],
          because: 'It is measured.',
        })),
      },
    })),
  ];
}
