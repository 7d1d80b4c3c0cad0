/** Entity pages of each kind, and the pages of the navigation: what a person meets on a first round. */
export const PAGES: Array<{ name: string; path: string; ready: RegExp }> = [
  { name: 'home', path: '/', ready: /attention/i },
  { name: 'catalog', path: '/catalog', ready: /Catalog/ },
  {
    name: 'component',
    path: '/catalog/default/component/checkout-api',
    ready: /On call/i,
  },
  {
    name: 'group',
    path: '/catalog/default/group/checkout',
    ready: /members/,
  },
  {
    name: 'user',
    path: '/catalog/default/user/dev-checkout',
    ready: /dev-checkout/,
  },
  { name: 'apis', path: '/api-docs', ready: /APIs/ },
  { name: 'create', path: '/create', ready: /Create|Templates/ },
  { name: 'docs', path: '/docs', ready: /Doc/ },
  { name: 'search', path: '/search', ready: /Search/ },
  { name: 'notifications', path: '/notifications', ready: /Notifications/ },
  { name: 'settings', path: '/settings', ready: /Settings/ },
];
