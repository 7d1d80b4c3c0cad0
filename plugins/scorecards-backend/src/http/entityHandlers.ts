import { stringifyEntityRef } from '@backstage/catalog-model';
import { scorecardsEntityEvaluatePermission } from '@waymark/scorecards-common';
import { NotAllowedError } from '@backstage/errors';
import { EntityAccess } from '../access/EntityAccess';
import { TrackedEntity } from '../entities/tables';
import { FactReads } from '../reads/FactReads';
import { OutageReads } from '../reads/OutageReads';
import { ProofReads } from '../reads/ProofReads';
import { ReadableEntities } from '../reads/ReadableEntities';
import { ScoreReads } from '../reads/ScoreReads';
import { beforeOf, cursorTo } from './cursors';
import { HandlersOf } from './handlers';

/** Has an entity looked at and evaluated at once. */
export interface EntityEvaluator {
  /** Returns when the results say what was found. */
  evaluate(entity: TrackedEntity): Promise<void>;
}

/** What the handlers of entities need. */
export interface EntityHandlerOptions {
  access: EntityAccess;
  readable: ReadableEntities;
  scores: ScoreReads;
  proofs: ProofReads;
  facts: FactReads;
  outages: OutageReads;
  evaluator: EntityEvaluator;
}

const refOf = ({ kind, namespace, name }: Record<string, string>) =>
  stringifyEntityRef({ kind, namespace, name });

/** `/entities/{ref}/…`, and the reads of many entities. */
export function entityHandlers({
  access,
  readable,
  scores,
  proofs,
  facts,
  outages,
  evaluator,
}: EntityHandlerOptions): HandlersOf<
  | 'getScores'
  | 'getProof'
  | 'getHistory'
  | 'getFacts'
  | 'getOutages'
  | 'evaluate'
  | 'queryScores'
  | 'queryResults'
  | 'queryFacts'
> {
  return {
    async getScores(call) {
      const { asOf, knowledge } = call.query;
      const ref = refOf(call.params);
      const entity = await readable.one(ref, call.credentials, asOf);
      const [answer] = await scores.scores([entity], { asOf, knowledge });
      return answer;
    },

    async getProof(call) {
      const { asOf } = call.query;
      const { scorecard, check } = call.params;
      const entity = await readable.one(
        refOf(call.params),
        call.credentials,
        asOf,
      );
      return proofs.proof(entity, { scorecard, check, asOf });
    },

    async getHistory(call) {
      const { scorecard, cursor, limit } = call.query;
      const entity = await readable.one(refOf(call.params), call.credentials);
      const { history, next } = await scores.history(entity, {
        scorecard,
        before: beforeOf(cursor),
        limit,
      });
      return { ...history, ...cursorTo(next) };
    },

    async getFacts(call) {
      const { asOf, source } = call.query;
      const entity = await readable.one(
        refOf(call.params),
        call.credentials,
        asOf,
      );
      const [answer] = await facts.facts([entity], { asOf, source });
      return answer;
    },

    async getOutages(call) {
      const { source, cursor, limit } = call.query;
      const entity = await readable.one(refOf(call.params), call.credentials);
      const { outages: answer, next } = await outages.outages(entity, {
        source,
        before: beforeOf(cursor),
        limit,
      });
      return { ...answer, ...cursorTo(next) };
    },

    async evaluate(call) {
      const { credentials } = call;
      const entity = await readable.one(refOf(call.params), credentials);
      const decision = await access.decide(
        scorecardsEntityEvaluatePermission,
        credentials,
      );
      if (!decision.allows(entity.entity)) {
        throw new NotAllowedError(`You may not have ${entity.ref} evaluated`);
      }
      await evaluator.evaluate(entity);
      const [answer] = await scores.scores([entity]);
      return answer;
    },

    async queryScores(call) {
      const { entityRefs, asOf } = call.body;
      const entities = await readable.some(entityRefs, call.credentials, asOf);
      return { items: await scores.scores(entities, { asOf }) };
    },

    async queryResults(call) {
      const { entityRefs, asOf, scorecard } = call.body;
      const entities = await readable.some(entityRefs, call.credentials, asOf);
      return { items: await scores.packed(entities, { asOf, scorecard }) };
    },

    async queryFacts(call) {
      const { entityRefs, asOf, source } = call.body;
      const entities = await readable.some(entityRefs, call.credentials, asOf);
      return { items: await facts.facts(entities, { asOf, source }) };
    },
  };
}
