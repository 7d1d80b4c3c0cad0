import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { SOURCES } from '../facts/tables';
import type {
  AppliedSource,
  DefinitionSet,
} from '../results/evaluation/definitionSet';
import { SCORECARDS } from '../results/tables';
import { readLayouts } from '../rollups/layouts';
import { shapeOf } from '../reads/RollupReads';
import { Proposed } from './Proposal';

/** Of what has no number in the database, and gets none: nothing of a simulation is stored. */
const NONE = -1;

/** A proposal as evaluations need it. */
export interface SimulationSet {
  set: DefinitionSet;
  /** {@link NONE} where there is no such scorecard yet. */
  scorecardId: number;
  /** Of the sources that its rules read. */
  sourceIds: number[];
}

const copyOf = ({ levels, checks }: ReturnType<typeof shapeOf>) => ({
  levels: [...levels],
  checks: [...checks],
});

/** The definitions of a simulation, with the numbers under which the database knows them. */
export async function simulationSet(
  knex: Knex,
  { scorecard, sources, compiled }: Proposed,
): Promise<SimulationSet> {
  const { name, spec } = scorecard;
  const known = await knex(SCORECARDS).where({ name }).first('id');
  const scorecardId: number = known?.id ?? NONE;
  const stored = await readLayouts(knex, name);
  const numbers: { id: number; name: string }[] = await knex(SOURCES).whereIn(
    'name',
    sources.map(source => source.spec.id),
  );
  const sourceIds = new Map(numbers.map(one => [one.name, one.id]));
  const set = {
    // A layout of its own, so that every result differs from the one in force, and is told.
    scorecards: [
      { definitionId: NONE, scorecardId, layoutId: NONE, name, spec },
    ],
    sources: sources.map((source): AppliedSource => {
      const sourceId = sourceIds.get(source.spec.id);
      return { sourceId: sourceId ?? NONE, spec: source.spec };
    }),
    layouts: [
      { id: NONE, scorecardId, ...copyOf(shapeOf(spec)) },
      ...[...stored].map(([id, shape]) => ({
        id,
        scorecardId,
        ...copyOf(shape),
      })),
    ],
  };
  const digest = createHash('sha256').update(JSON.stringify(set));
  return {
    scorecardId,
    sourceIds: compiled.sources.flatMap(id => sourceIds.get(id) ?? []),
    set: { version: `simulation ${digest.digest('hex')}`, ...set },
  };
}
