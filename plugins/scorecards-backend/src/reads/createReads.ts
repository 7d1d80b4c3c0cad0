import { PermissionsService } from '@backstage/backend-plugin-api';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { CollectorHealthReader } from '../collectors';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { GrantReader } from '../exemptions/grants';
import { ReplayedHistory } from '../history/ReplayedHistory';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { EntityEvaluator, entityHandlers } from '../http/entityHandlers';
import { ReadHandlers } from '../http/handlers';
import { scorecardHandlers } from '../http/scorecardHandlers';
import { ChangeReads } from './ChangeReads';
import { CompiledVersions } from './CompiledVersions';
import { DefinitionReads } from './DefinitionReads';
import { FactReads } from './FactReads';
import { OutageReads } from './OutageReads';
import { Pending } from './Pending';
import { ProofReads } from './ProofReads';
import { ReadableEntities } from './ReadableEntities';
import { Recomputation } from './Recomputation';
import { ResultList } from './ResultList';
import { RollupReads } from './RollupReads';
import { ScoreReads } from './ScoreReads';
import { ResultReader } from '../results/ResultReader';
import { RollupStore } from '../rollups/RollupStore';
import { insightHandlers, MoverReads, TrendReads } from '../trends';

/** What the reads of the plugin are made over. */
export interface ReadsOptions {
  knex: Knex;
  clock: Clock;
  permissions: PermissionsService;
  definitions: DefinitionStore;
}

/** Everything that can be read, over one database. */
export function createReads(options: ReadsOptions) {
  const { knex, clock, permissions, definitions } = options;
  const entities = EntityStore.of(knex);
  const results = ResultReader.of(knex);
  const knowledge = KnowledgeReader.of(knex);
  const compiled = CompiledVersions.create();
  const access = EntityAccess.create({ permissions });
  const list = ResultList.create({ knex, definitions, clock });
  const rollups = RollupStore.of(knex);
  const rollupReads = RollupReads.create({ rollups, list, clock });
  const pending = Pending.of(knex);
  const grants = GrantReader.of(knex);
  const base = {
    results,
    grants,
    definitions,
    knowledge,
    compiled,
    pending,
    clock,
  };
  const replayed = ReplayedHistory.of(knex);
  return {
    access,
    definitions,
    definitionReads: DefinitionReads.create({ definitions }),
    readable: ReadableEntities.create({ entities, access }),
    scores: ScoreReads.create({
      ...base,
      recomputation: Recomputation.create(base),
      replayed,
    }),
    replayed,
    proofs: ProofReads.create(base),
    facts: FactReads.create(base),
    outages: OutageReads.of(knex),
    changes: ChangeReads.create({ results, entities, definitions }),
    list,
    rollups: rollupReads,
    trends: TrendReads.create({ knex, rollups, clock }),
    movers: MoverReads.create({
      ...base,
      knex,
      entities,
      rollups: rollupReads,
    }),
  };
}

/** Answers every read, whoever asks over what. */
export function createReadHandlers(
  reads: ReturnType<typeof createReads>,
  options: {
    health: Pick<CollectorHealthReader, 'list'>;
    evaluator: EntityEvaluator;
  },
): ReadHandlers {
  return {
    ...scorecardHandlers({ ...reads, ...options }),
    ...entityHandlers({ ...reads, ...options }),
    ...insightHandlers(reads),
  };
}
