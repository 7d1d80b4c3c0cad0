import { FactSourceSpec, ScorecardSpec } from '@waymark/scorecards-common';
import { Big } from '../database/intervals';

export const DEFINITIONS = 'definitions';
export const REFUSALS = 'definition_refusals';
export const HEAD = 'definition_head';

interface IdentityColumns {
  ref: string;
  kind: string;
  name: string;
  title: string;
  description: string | null;
  hash: string;
}

export interface DefinitionRow extends IdentityColumns {
  id: number;
  spec: string;
  valid_from: Big;
  valid_to: Big | null;
  gone_since: Big | null;
}

export interface RefusalRow extends IdentityColumns {
  location: string | null;
  problems: string;
  refused_at: Big;
}

export interface HeadRow {
  generation: number;
  version: number;
  recorded_at: Big;
}

/** The kinds of definitions, with their specs. */
export interface SpecByKind {
  Scorecard: ScorecardSpec;
  FactSource: FactSourceSpec;
}

/** `Scorecard` or `FactSource`. */
export type DefinitionKindName = keyof SpecByKind;

/** What is said of every definition, adopted or not. */
export interface DefinitionIdentity<K extends DefinitionKindName> {
  kind: K;
  /** `metadata.name` */
  name: string;
  /** Of the entity of the catalog. */
  ref: string;
  /** The name where the definition has no title. */
  title: string;
  description?: string;
  /** Of title, description and spec. */
  hash: string;
}

/** A version of a definition that was adopted. */
export interface Adopted<K extends DefinitionKindName = DefinitionKindName>
  extends DefinitionIdentity<K> {
  /** Number of the version. */
  id: number;
  /** Defaults filled in. */
  spec: SpecByKind[K];
  validFrom: Date;
  /** First instant at which it was not in force any more. */
  validTo?: Date;
  /** The catalog has it no more since then; it stays in force for a day. */
  goneSince?: Date;
}

/** Why a definition cannot be adopted. */
export interface DefinitionProblem {
  /** Such as `spec.checks[2].rule`; empty for all of it. */
  path: string;
  reason: string;
}

/** A definition that the catalog has, and that cannot be adopted as it is. */
export interface Refusal extends DefinitionIdentity<DefinitionKindName> {
  /** Of the file, such as `url:https://…`. */
  location?: string;
  problems: DefinitionProblem[];
  refusedAt: Date;
}

function toIdentity({
  kind,
  ref,
  name,
  title,
  description,
  hash,
}: IdentityColumns) {
  return {
    kind: kind as DefinitionKindName,
    name,
    ref,
    title,
    ...(description !== null && { description }),
    hash,
  };
}

const toDate = (millis: Big) => new Date(Number(millis));

export function toAdopted(row: DefinitionRow): Adopted {
  return {
    ...toIdentity(row),
    id: row.id,
    spec: JSON.parse(row.spec),
    validFrom: toDate(row.valid_from),
    ...(row.valid_to !== null && { validTo: toDate(row.valid_to) }),
    ...(row.gone_since !== null && { goneSince: toDate(row.gone_since) }),
  } as Adopted;
}

export function toRefusal(row: RefusalRow): Refusal {
  return {
    ...toIdentity(row),
    ...(row.location !== null && { location: row.location }),
    problems: JSON.parse(row.problems),
    refusedAt: toDate(row.refused_at),
  };
}

/** Whether a definition is of a kind, with the spec of that kind. */
export const isOfKind =
  <K extends DefinitionKindName>(kind: K) =>
  (one: Adopted): one is Adopted<K> =>
    one.kind === kind;
