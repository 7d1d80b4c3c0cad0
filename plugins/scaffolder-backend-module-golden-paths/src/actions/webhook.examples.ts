import { example } from './example';

export const examples = [
  example('Everything that the portal listens to', {
    id: 'webhook',
    name: 'Connect the portal',
    action: 'golden-paths:webhook',
    input: { repoUrl: 'github.com?owner=acme&repo=quotes' },
  }),
  example('Pushes only', {
    id: 'webhook',
    name: 'Connect the portal',
    action: 'golden-paths:webhook',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      events: ['push'],
    },
  }),
];
