import { example } from './example';

export const examples = [
  example('A Go service on PostgreSQL', {
    id: 'workflows',
    name: 'Write the pipeline',
    action: 'golden-paths:workflows',
    input: {
      name: 'quotes',
      language: 'go',
      backend: 'postgresql',
      imageRepository: 'ghcr.io/acme/quotes',
    },
  }),
  example('With the controls that a risk assessment requires', {
    id: 'workflows',
    name: 'Write the pipeline',
    action: 'golden-paths:workflows',
    input: {
      name: 'rates',
      language: 'node',
      imageRepository: 'ghcr.io/acme/rates',
      controls: { required: ['sast', 'sbom', 'signed-artifact'] },
    },
  }),
];
