import {
  labAnswerSchema,
  labDefinitionFileSchema,
  labFilterSchema,
  labProofsRequestSchema,
  labProofsSchema,
  simulationRequestSchema,
} from '@waymark/scorecards-common';
import {
  cursorParameter,
  defineOperation,
  limitParameter,
} from '@waymark/waymark-node';
import { DEFINITIONS_BODY } from '../simulation/simulationOperations';

/** What a definition under edit says, while it is edited. */
export const labOperations = {
  answer: defineOperation({
    method: 'post',
    path: '/lab',
    summary:
      'How the checks of a scorecard that is being edited fare over the catalog',
    principals: ['user', 'service'],
    query: labFilterSchema.extend({
      cursor: cursorParameter.optional(),
      limit: limitParameter,
    }),
    bodyLimit: DEFINITIONS_BODY,
    body: simulationRequestSchema,
    answer: labAnswerSchema,
  }),
  proofs: defineOperation({
    method: 'post',
    path: '/lab/proofs',
    summary:
      'Why a scorecard that is being edited would say what it says of an entity',
    principals: ['user', 'service'],
    bodyLimit: DEFINITIONS_BODY,
    body: labProofsRequestSchema,
    answer: labProofsSchema,
  }),
  definition: defineOperation({
    method: 'get',
    path: '/lab/definitions/:name',
    summary: 'The file of a scorecard, to be edited',
    principals: ['user', 'service'],
    answer: labDefinitionFileSchema,
  }),
};
