import { example } from './example';

export const examples = [
  example('A component that the published repository describes', {
    id: 'wait',
    name: 'Wait for the catalog',
    action: 'catalog:waitForEntity',
    input: {
      entityRef: 'component:default/quotes',
      repoUrl: 'github.com?owner=acme&repo=quotes',
    },
  }),
  example('At most a minute', {
    id: 'wait',
    name: 'Wait for the catalog',
    action: 'catalog:waitForEntity',
    input: { entityRef: 'component:default/quotes', timeoutSeconds: 60 },
  }),
];
