import type { FactSourceSpec, ScorecardSpec } from '@waymark/scorecards-common';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { sourceIds } from '../facts/sourceIds';
import type {
  AppliedScorecard,
  DefinitionSet,
  Layout,
} from './evaluation/definitionSet';
import { LAYOUTS, SCORECARDS } from './tables';

/** A version of a definition that is in force. */
export interface DefinitionInForce<Spec> {
  /** Number of the version in this database. */
  id: number;
  name: string;
  spec: Spec;
}

/** Where the definitions in force are. */
export interface ResultDefinitions {
  /** Differs whenever {@link ResultDefinitions.inForce} does; asked for each batch, so it must cost next to nothing. */
  version(): Promise<string>;
  inForce(): Promise<{
    scorecards: DefinitionInForce<ScorecardSpec>[];
    factSources: DefinitionInForce<FactSourceSpec>[];
  }>;
}

interface LayoutRow {
  id: number;
  scorecard_id: number;
  levels: string;
  checks: string;
  hash: string;
}

/** The definitions in force as evaluations need them, with their numbers in the tables of results. */
export class DefinitionSets {
  readonly #knex: Knex;
  readonly #definitions: ResultDefinitions;
  #latest: DefinitionSet | undefined;

  static create(knex: Knex, definitions: ResultDefinitions): DefinitionSets {
    return new DefinitionSets(knex, definitions);
  }

  private constructor(knex: Knex, definitions: ResultDefinitions) {
    this.#knex = knex;
    this.#definitions = definitions;
  }

  /** Those in force now; the same object as long as nothing has changed. */
  async current(): Promise<DefinitionSet> {
    const version = await this.#definitions.version();
    if (this.#latest?.version !== version) {
      this.#latest = await this.#read(version);
    }
    return this.#latest;
  }

  /** @param version - read before, so that a change in between is seen next time and not lost */
  async #read(version: string): Promise<DefinitionSet> {
    const { scorecards, factSources } = await this.#definitions.inForce();
    return this.#knex.transaction(async tx => {
      const numbers = await numberScorecards(
        tx,
        scorecards.map(({ name }) => name),
      );
      const layouts = await numberLayouts(
        tx,
        scorecards.map(({ name, spec }) => ({
          scorecardId: numbers.get(name)!,
          spec,
        })),
      );
      const sources = await sourceIds(
        tx,
        factSources.map(({ spec }) => spec.id),
      );
      return {
        version,
        scorecards: scorecards.map(({ id, name, spec }): AppliedScorecard => {
          const scorecardId = numbers.get(name)!;
          return {
            definitionId: id,
            scorecardId,
            layoutId: layouts.idOf(scorecardId, spec),
            name,
            spec,
          };
        }),
        sources: factSources.map(({ spec }) => ({
          sourceId: sources.get(spec.id)!,
          spec,
        })),
        layouts: layouts.all,
      };
    });
  }
}

async function numberScorecards(
  tx: Knex.Transaction,
  names: string[],
): Promise<Map<string, number>> {
  if (names.length > 0) {
    await tx(SCORECARDS)
      .insert(names.map(name => ({ name })))
      .onConflict('name')
      .ignore();
  }
  const rows: { id: number; name: string }[] = await tx(SCORECARDS).select();
  return new Map(rows.map(({ id, name }) => [name, id]));
}

function layoutOf({ levels, checks }: ScorecardSpec) {
  const columns = {
    levels: JSON.stringify(levels.map(({ id }) => id)),
    checks: JSON.stringify(checks.map(({ id }) => id)),
  };
  const hash = createHash('sha256')
    .update(`${columns.levels}${columns.checks}`)
    .digest('hex');
  return { ...columns, hash };
}

async function numberLayouts(
  tx: Knex.Transaction,
  scorecards: { scorecardId: number; spec: ScorecardSpec }[],
): Promise<{
  all: Layout[];
  idOf(scorecardId: number, spec: ScorecardSpec): number;
}> {
  if (scorecards.length > 0) {
    await tx(LAYOUTS)
      .insert(
        scorecards.map(({ scorecardId, spec }) => ({
          scorecard_id: scorecardId,
          ...layoutOf(spec),
        })),
      )
      .onConflict(['scorecard_id', 'hash'])
      .ignore();
  }
  const rows: LayoutRow[] = await tx(LAYOUTS).select();
  const key = (scorecardId: number, hash: string) => `${scorecardId} ${hash}`;
  const ids = new Map(
    rows.map(({ id, scorecard_id, hash }) => [key(scorecard_id, hash), id]),
  );
  return {
    all: rows.map(({ id, scorecard_id, levels, checks }) => ({
      id,
      scorecardId: scorecard_id,
      levels: JSON.parse(levels),
      checks: JSON.parse(checks),
    })),
    idOf: (scorecardId, spec) =>
      ids.get(key(scorecardId, layoutOf(spec).hash))!,
  };
}
