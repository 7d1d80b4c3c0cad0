import { JsonObject } from '@backstage/types';
import { didYouMean } from '@waymark/waymark-common';
import { futureProblem } from '../facts/FactStore';
import { Observation } from '../facts/tables';
import { FoundEntity } from './entities';
import { oversize, pageUrlProblem } from './limits';
import { CompiledFactSource } from './sources';
import { FactWriter, nameOf, refusedSource } from './writers';

const COMMIT = /^[0-9a-f]{7,64}$/i;

/** What somebody says of an entity. */
export interface IncomingFact {
  /** `kind:namespace/name`; the namespace may be left out. */
  entityRef: string;
  /** Id of the fact source. */
  source: string;
  payload: JsonObject;
  observedAt: Date;
  /** Whether nothing that the same collector has said of it before is younger, whatever the clocks say. */
  isLatest?: boolean;
  /** Where a person can see it. */
  url?: string;
  /** Of the repository that was looked at. */
  commit?: string;
}

/** What a fact is checked against. */
export interface FactChecks {
  sources: Map<string, CompiledFactSource>;
  entities: Map<string, FoundEntity>;
  writer: FactWriter;
  now: Date;
}

type Problem = {
  path: (string | number)[];
  reason: string;
  forbidden?: boolean;
};

/** What will be written of a fact, or why it is refused. */
export type CheckedFact =
  | { ok: true; observation: Observation }
  | { ok: false; problem: Problem };

/** Checks one fact: who says it, of what, and what it says. */
export function checkFact(fact: IncomingFact, checks: FactChecks): CheckedFact {
  const { sources, entities, writer, now } = checks;
  const refuse = (
    path: Problem['path'],
    reason: string,
    forbidden?: boolean,
  ): CheckedFact => ({ ok: false, problem: { path, reason, forbidden } });

  const source = sources.get(fact.source);
  if (!source) {
    return refuse(
      ['source'],
      `no fact source "${fact.source}" is in force${didYouMean(
        fact.source,
        sources.keys(),
      )}`,
    );
  }
  const refused = refusedSource(writer, source.spec);
  if (refused) {
    return refuse(['source'], refused, true);
  }
  const found = entities.get(fact.entityRef)!;
  if (!('entity' in found)) {
    return refuse(['entityRef'], found.reason, found.forbidden);
  }
  const { entity } = found;
  if (!source.appliesTo(entity.entity)) {
    return refuse(
      ['entityRef'],
      `the fact source "${fact.source}" does not apply to ${entity.ref}`,
    );
  }
  const problem = contentProblem(fact, source, now);
  if (problem) {
    return { ok: false, problem };
  }
  const { url, commit, isLatest } = fact;
  return {
    ok: true,
    observation: {
      entityId: entity.id,
      source: fact.source,
      payload: fact.payload,
      observedAt: fact.observedAt,
      ...(isLatest && { isLatest }),
      provenance: {
        collector: nameOf(writer),
        ...(url !== undefined && { url }),
        ...(commit !== undefined && { commit }),
      },
    },
  };
}

function contentProblem(
  { payload, observedAt, url, commit }: IncomingFact,
  source: CompiledFactSource,
  now: Date,
): Problem | undefined {
  const future = futureProblem(observedAt, now);
  if (future) {
    return { path: ['observedAt'], reason: future };
  }
  const noPage = url !== undefined && pageUrlProblem(url);
  if (noPage) {
    return { path: ['url'], reason: noPage };
  }
  if (commit !== undefined && !COMMIT.test(commit)) {
    return {
      path: ['commit'],
      reason: 'must be the hexadecimal id of a commit',
    };
  }
  const size = oversize(payload);
  if (size) {
    return { path: ['payload'], reason: size };
  }
  const problem = source.problemOf(payload);
  return problem && { ...problem, path: ['payload', ...problem.path] };
}
