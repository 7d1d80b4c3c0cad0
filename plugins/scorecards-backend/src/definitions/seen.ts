import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { factSourceKind, scorecardKind } from '@waymark/scorecards-common';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  DefinitionIdentity,
  DefinitionKindName,
  DefinitionProblem,
  SpecByKind,
} from './tables';

/** The kinds that are adopted. */
export const KINDS = { Scorecard: scorecardKind, FactSource: factSourceKind };

/** A definition as the catalog has it now. */
export interface Seen<K extends DefinitionKindName = DefinitionKindName>
  extends DefinitionIdentity<K> {
  location?: string;
  /** Defaults filled in; undefined where the definition breaks the rules of its kind. */
  spec?: SpecByKind[K];
  problems: DefinitionProblem[];
}

/** A definition that keeps the rules of its kind. */
export interface Proposal<K extends DefinitionKindName = DefinitionKindName>
  extends Seen<K> {
  spec: SpecByKind[K];
}

/** The definitions of a kind that keep its rules. */
export function proposalsOf<K extends DefinitionKindName>(
  kind: K,
  seen: Seen[],
): Proposal<K>[] {
  return seen.filter(
    (one): one is Proposal<K> => one.kind === kind && one.spec !== undefined,
  );
}

// How the catalog says that it could not take the newest version, and shows the last good one.
const processingErrors = z.looseObject({
  status: z.looseObject({
    items: z.array(
      z.looseObject({
        type: z.string(),
        level: z.string(),
        message: z.string(),
      }),
    ),
  }),
});
const PROCESSING = 'backstage.io/catalog-processing';

/** Reads a definition of the catalog; everything that is wrong with it is told. */
export function seenOf(entity: Entity): Seen {
  const kind = entity.kind as DefinitionKindName;
  const { name, title = name, description, annotations } = entity.metadata;
  const result = KINDS[kind].parse(entity);
  const spec = result.ok ? result.definition.spec : undefined;
  return {
    kind,
    name,
    ref: stringifyEntityRef(entity),
    title,
    ...(description !== undefined && { description }),
    location: annotations?.[ANNOTATION_LOCATION],
    hash: hashOf({ title, description, spec: spec ?? entity.spec }),
    spec,
    problems: [
      ...(result.ok ? [] : result.problems),
      ...refusedByCatalog(entity),
    ],
  };
}

function refusedByCatalog(entity: Entity): DefinitionProblem[] {
  const { data } = processingErrors.safeParse(entity);
  return (data?.status.items ?? [])
    .filter(({ type, level }) => type === PROCESSING && level === 'error')
    .map(({ message }) => ({ path: '', reason: message }));
}

function hashOf(content: object): string {
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}
