import { mockApis } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { EntityScore, EntityScores } from '@waymark/scorecards-common';
import { ScorecardsApi, scorecardsApiRef } from '../api/ScorecardsApi';
import { NOW, quality } from './scorecards';

type Check = EntityScore['checks'][number];

/** What the scorecard says of a component: its level, and the states of its checks. */
export const scoresOf = (
  name: string,
  level: 'gold' | 'bronze' | null,
  states: Record<'readme' | 'tests', Check['state']>,
): EntityScores => ({
  entityRef: `component:default/${name}`,
  asOf: NOW,
  knowledge: 'then',
  pending: false,
  scorecards: [
    {
      scorecard: 'quality',
      title: 'Quality',
      rated: true,
      level,
      levelTitle: level && { gold: 'Gold', bronze: 'Bronze' }[level],
      rank: [null, 'bronze', 'gold'].indexOf(level) - 1,
      points: 0.5,
      confidence: 1,
      since: NOW,
      cause: 'fact',
      causeDetail: 'git',
      definition: '0123456789abcdef',
      checks: quality.spec!.checks.map(({ id, title, level: of }) => ({
        ...{ id, title, level: of, weight: 1, gate: false },
        state: states[id as keyof typeof states],
      })),
    },
  ],
});

/** The APIs of somebody who owns the entities that there are scores of. */
export const apisOf = (
  now: EntityScores[],
  before: EntityScores[],
  more: Partial<ScorecardsApi> = {},
  owned = now.length,
) =>
  [
    [identityApiRef, mockApis.identity()],
    [
      catalogApiRef,
      catalogApiMock.mock({
        queryEntities: async () => ({
          items: now.map(({ entityRef }) => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              namespace: 'default',
              name: entityRef.slice('component:default/'.length),
            },
          })),
          totalItems: owned,
          pageInfo: {},
        }),
      }),
    ],
    [
      scorecardsApiRef,
      {
        listScorecards: async () => ({ items: [quality] }),
        queryScores: async (_, query) => (query?.asOf ? before : now),
        ...more,
      } satisfies Partial<ScorecardsApi>,
    ],
  ] as const;
