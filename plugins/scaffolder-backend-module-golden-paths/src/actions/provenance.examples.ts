import { example } from './example';

export const examples = [
  example('All answers but one', {
    id: 'provenance',
    name: 'Record where it comes from',
    action: 'golden-paths:provenance',
    input: { answers: '${{ parameters }}', exclude: ['comment'] },
  }),
];
