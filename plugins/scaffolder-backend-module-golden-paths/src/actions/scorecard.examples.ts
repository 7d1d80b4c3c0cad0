import { example } from './example';

export const examples = [
  example('Check a scorecard and write its file', {
    id: 'scorecard',
    name: 'Check the scorecard',
    action: 'golden-paths:scorecard',
    input: {
      definition:
        'apiVersion: waymark.dev/v1\nkind: Scorecard\nmetadata:\n  name: documentation\n…\n',
    },
  }),
];
