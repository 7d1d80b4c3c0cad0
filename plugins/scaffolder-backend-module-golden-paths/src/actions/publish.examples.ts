import { example } from './example';

export const examples = [
  example('A private repository that the owning team may push to', {
    id: 'publish',
    name: 'Make the repository',
    action: 'golden-paths:publish',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      description: 'Quotes of all exchanges',
      owner: 'group:default/checkout',
      topics: ['service', 'go'],
      access: [{ team: 'checkout', permission: 'maintain' }],
      homepage: '/catalog/default/component/quotes',
    },
  }),
  example('Only a folder of the workspace', {
    id: 'publish',
    name: 'Make the repository',
    action: 'golden-paths:publish',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      description: 'Quotes of all exchanges',
      owner: 'group:default/checkout',
      sourcePath: './service',
    },
  }),
];
