import {
  checkProofSchema,
  checkStateSchema,
  collectorListSchema,
  entityFactsSchema,
  entityHistorySchema,
  entityOutagesSchema,
  entityScoresSchema,
  factSourceIdSchema,
  factSourceListSchema,
  packedResultsSchema,
  resultChangesSchema,
  rollupDimensionSchema,
  rollupSchema,
  scorecardListSchema,
  scorecardResultsSchema,
  scorecardSummarySchema,
} from '@waymark/scorecards-common';
import {
  Clock,
  cursorParameter,
  defineOperation,
  entityRefParameter,
  limitParameter,
} from '@waymark/waymark-node';
import { z } from 'zod';
import { insightOperations } from '../trends/insightOperations';
import { pastInstant } from './parameters';

/** Most refs of one batch read. */
const BATCH = 1_000;
/** Most bytes of the body of a batch read. */
const BODY = 1_000_000;
/** Most entries of one read of the change feed. */
const CHANGES = 1_000;

const everybody = ['user', 'service'] as const;
const entity = '/entities/:kind/:namespace/:name';

/**
 * Every read of the HTTP interface (section 12 of the design).
 *
 * @param clock - tells what is the future, which nobody can ask for
 */
export function readOperations(clock: Clock) {
  const asOf = pastInstant(clock).optional();
  const page = { cursor: cursorParameter.optional(), limit: limitParameter };
  const refs = z.array(entityRefParameter()).min(1).max(BATCH);

  return {
    ...insightOperations(clock),
    listScorecards: defineOperation({
      method: 'get',
      path: '/scorecards',
      summary: 'Every scorecard, adopted or refused',
      principals: everybody,
      answer: scorecardListSchema,
    }),
    getScorecard: defineOperation({
      method: 'get',
      path: '/scorecards/:name',
      summary: 'A scorecard, and what is wrong with its newest version',
      principals: everybody,
      answer: scorecardSummarySchema,
    }),
    listResults: defineOperation({
      method: 'get',
      path: '/scorecards/:name/results',
      summary: 'What a scorecard says of each entity; CSV by Accept',
      principals: everybody,
      query: z.strictObject({
        level: z
          .string()
          .optional()
          .describe('Id of a level; none: no level; unrated.'),
        check: z.string().optional().describe('Id of a check, with state.'),
        state: checkStateSchema.optional(),
        owner: entityRefParameter('group').optional(),
        system: entityRefParameter('system').optional(),
        domain: entityRefParameter('domain').optional(),
        type: z.string().optional(),
        asOf,
        ...page,
      }),
      answer: scorecardResultsSchema,
    }),
    getRollup: defineOperation({
      method: 'get',
      path: '/scorecards/:name/rollup',
      summary: 'How the entities of each owner, system, domain or type fare',
      principals: everybody,
      query: z.strictObject({
        by: rollupDimensionSchema.default('owner'),
        asOf,
        ...page,
      }),
      answer: rollupSchema,
    }),
    getScores: defineOperation({
      method: 'get',
      path: `${entity}/scores`,
      summary: 'What every scorecard says of an entity',
      principals: everybody,
      query: z.strictObject({
        asOf,
        knowledge: z.enum(['then', 'now']).default('then'),
      }),
      answer: entityScoresSchema,
    }),
    getProof: defineOperation({
      method: 'get',
      path: `${entity}/checks/:scorecard/:check/proof`,
      summary: 'Why a check says what it says of an entity',
      principals: everybody,
      query: z.strictObject({ asOf }),
      answer: checkProofSchema,
    }),
    getHistory: defineOperation({
      method: 'get',
      path: `${entity}/history`,
      summary: 'What changed in the results of an entity, newest first',
      principals: everybody,
      query: z.strictObject({ scorecard: z.string().optional(), ...page }),
      answer: entityHistorySchema,
    }),
    getFacts: defineOperation({
      method: 'get',
      path: `${entity}/facts`,
      summary: 'What is known of an entity, and from where',
      principals: everybody,
      query: z.strictObject({ asOf, source: factSourceIdSchema.optional() }),
      answer: entityFactsSchema,
    }),
    getOutages: defineOperation({
      method: 'get',
      path: `${entity}/outages`,
      summary:
        'When sources could not be asked about an entity, and why, newest first',
      principals: everybody,
      query: z.strictObject({
        source: factSourceIdSchema.optional(),
        ...page,
      }),
      answer: entityOutagesSchema,
    }),
    evaluate: defineOperation({
      method: 'post',
      path: `${entity}/evaluate`,
      summary: 'Evaluates an entity now, and answers its scores',
      principals: everybody,
      answer: entityScoresSchema,
    }),
    listCollectors: defineOperation({
      method: 'get',
      path: '/collectors',
      summary: 'How the collectors of facts fare',
      principals: everybody,
      answer: collectorListSchema,
    }),
    listFactSources: defineOperation({
      method: 'get',
      path: '/fact-sources',
      summary: 'Every fact source, adopted or refused',
      principals: everybody,
      answer: factSourceListSchema,
    }),
    queryScores: defineOperation({
      method: 'post',
      path: '/scores/query',
      summary: 'The scores of many entities',
      principals: everybody,
      bodyLimit: BODY,
      body: z.strictObject({ entityRefs: refs, asOf }),
      answer: z.strictObject({ items: z.array(entityScoresSchema) }),
    }),
    queryResults: defineOperation({
      method: 'post',
      path: '/results/query',
      summary: 'The stored results of many entities, packed',
      principals: everybody,
      bodyLimit: BODY,
      body: z.strictObject({
        entityRefs: refs,
        asOf,
        scorecard: z.string().optional(),
      }),
      answer: packedResultsSchema,
    }),
    queryFacts: defineOperation({
      method: 'post',
      path: '/facts/query',
      summary: 'The facts of many entities',
      principals: everybody,
      bodyLimit: BODY,
      body: z.strictObject({
        entityRefs: refs,
        asOf,
        source: factSourceIdSchema.optional(),
      }),
      answer: z.strictObject({ items: z.array(entityFactsSchema) }),
    }),
    listChanges: defineOperation({
      method: 'get',
      path: '/changes',
      summary:
        'The feed of changed results, for services: store next with the effect of the changes in one transaction',
      principals: ['service'],
      query: z.strictObject({
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(CHANGES).default(CHANGES),
      }),
      answer: resultChangesSchema,
    }),
  };
}

/** @see readOperations */
export type ReadOperations = ReturnType<typeof readOperations>;

/** Which results are listed. */
export type ResultQuery = z.output<
  NonNullable<ReadOperations['listResults']['query']>
>;
