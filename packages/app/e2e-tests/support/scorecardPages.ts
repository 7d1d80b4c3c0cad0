import type { PageToSee } from './catalogPages';

const TAB = '/catalog/default/component/checkout-api/scorecards';

/** Every page that tells of scorecards. */
export const SCORECARD_PAGES: PageToSee[] = [
  { name: 'scorecards', path: '/scorecards', ready: /Who has moved/ },
  {
    name: 'heat map',
    path: '/scorecards/production-readiness',
    ready: /All together/,
  },
  {
    name: 'scorecard, entities',
    path: '/scorecards/production-readiness?view=entities&check=tests',
    ready: /^\d+ entities$/,
  },
  {
    name: 'scorecard, entities by checks',
    path: '/scorecards/production-readiness?view=matrix',
    ready: /To look at/,
  },
  {
    name: 'scorecard, past',
    path: '/scorecards/production-readiness?view=entities&level=gold&asOf=2020-01-01T00:00:00Z',
    ready: /As it was on/,
  },
  { name: 'security', path: '/scorecards/views/security', ready: /To look at/ },
  {
    name: 'changes',
    path: '/scorecards/views/changes?since=month',
    ready: /What changed in what you own/,
  },
  {
    name: 'exemptions',
    path: '/scorecards/views/exemptions',
    ready: /Exemptions that wait for you/,
  },
  { name: 'entity, scorecards', path: TAB, ready: /All checks/ },
  {
    name: 'entity, scorecards, past',
    path: `${TAB}?asOf=2020-01-01T00:00:00Z`,
    ready: /As it was on/,
  },
  {
    name: 'entity, proof',
    path: `${TAB}?scorecard=production-readiness&check=tests`,
    ready: /Facts that were looked at/,
  },
];

/** The health of collectors, for who may see it. */
export const COLLECTORS_PAGE: PageToSee = {
  name: 'collectors',
  path: '/scorecards/views/collectors',
  ready: /Next run/,
};
