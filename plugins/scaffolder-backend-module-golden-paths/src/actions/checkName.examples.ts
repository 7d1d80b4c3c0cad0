import { example } from './example';

export const examples = [
  example('Before the files of a new service are written', {
    id: 'name',
    name: 'Check the name',
    action: 'golden-paths:check-name',
    input: {
      name: 'quotes',
      owner: 'group:default/checkout',
      repoUrl: 'github.com?owner=acme&repo=quotes',
    },
  }),
];
