import { example } from './example';

export const examples = [
  example('One approval by a code owner, and CI', {
    id: 'protect',
    name: 'Protect the default branch',
    action: 'golden-paths:protect',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      requiredStatusChecks: ['CI passed'],
    },
  }),
  example('Two approvals', {
    id: 'protect',
    name: 'Protect the default branch',
    action: 'golden-paths:protect',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      branch: 'main',
      requiredApprovals: 2,
    },
  }),
];
