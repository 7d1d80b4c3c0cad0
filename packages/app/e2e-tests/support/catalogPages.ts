import type { Persona } from './portal';
import { COLLECTORS_PAGE, SCORECARD_PAGES } from './scorecardPages';

/** A page to look at, and the text that shows that it has its content. */
export interface PageToSee {
  name: string;
  path: string;
  ready: RegExp;
}

/** Entity pages of each kind, and the pages of the navigation: what a person meets on a first round. */
export const PAGES: Partial<Record<Persona, PageToSee[]>> = {
  'dev-checkout': [
    { name: 'home', path: '/', ready: /attention/i },
    { name: 'catalog', path: '/catalog', ready: /Acquirer gateway/ },
    entity('component', 'checkout-api', /On call/),
    entity('api', 'payout-api', /Providers/),
    { ...entity('api', 'payout-api/definition', /OAS ?3/), name: 'OpenAPI' },
    {
      ...entity('api', 'payment-events/definition', /Operations/),
      name: 'AsyncAPI',
    },
    entity('system', 'checkout', /Has components/),
    entity('domain', 'payments', /Has systems/),
    entity('resource', 'data-warehouse', /On call/),
    entity('group', 'checkout', /members/),
    entity('user', 'dev-checkout', /Ownership/),
    entity('scorecard', 'production-readiness', /Adopted/),
    entity('factsource', 'git', /Adopted/),
    {
      name: 'graph',
      path: '/catalog-graph?rootEntityRefs%5B%5D=component:default/checkout-api',
      ready: /Max Depth/i,
    },
    { name: 'apis', path: '/api-docs', ready: /Payout API/ },
    { name: 'docs', path: '/docs', ready: /Owned|All/ },
    {
      name: 'docs reader',
      path: '/docs/default/component/checkout-api',
      ready: /Idempotency/,
    },
    { name: 'create', path: '/create', ready: /paved road/ },
    {
      name: 'template form',
      path: '/create/templates/default/create-repository',
      ready: /What is it/,
    },
    {
      name: 'service form',
      path: '/create/templates/default/create-http-service',
      ready: /Lifecycle/,
    },
    { name: 'runs', path: '/create/tasks', ready: /My runs/ },
    { name: 'editor, refused', path: '/create/edit', ready: /Only they may/ },
    {
      name: 'problems',
      path: '/catalog-problems',
      ready: /since|can read every file/,
    },
    ...SCORECARD_PAGES,
    {
      ...COLLECTORS_PAGE,
      name: 'collectors, refused',
      ready: /You may not see/,
    },
    { name: 'search', path: '/search?query=checkout', ready: /Kind: Group/ },
    { name: 'notifications', path: '/notifications', ready: /Sent out/ },
    { name: 'settings', path: '/settings', ready: /Appearance/ },
    { name: 'not found', path: '/no-such-page', ready: /There is nothing at/ },
  ],
  'platform-engineer': [
    { name: 'editor', path: '/create/edit', ready: /Custom Field/i },
    COLLECTORS_PAGE,
  ],
};

function entity(kind: string, name: string, ready: RegExp): PageToSee {
  return { name: kind, path: `/catalog/default/${kind}/${name}`, ready };
}
