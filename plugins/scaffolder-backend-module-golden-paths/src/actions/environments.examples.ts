import { example } from './example';

export const examples = [
  example('Staging, and production that the owners review', {
    id: 'environments',
    name: 'Create the environments',
    action: 'golden-paths:environments',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      environments: [
        { name: 'staging' },
        { name: 'production', reviewers: ['checkout'] },
      ],
    },
  }),
];
