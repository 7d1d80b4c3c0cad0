import { example } from './example';

export const examples = [
  example('Propose the files of the workspace', {
    id: 'propose',
    name: 'Open the pull request',
    action: 'golden-paths:pull-request',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      branch: 'waymark/adopt-paved-road',
      title: 'Adopt the paved road',
      description: 'Adds an SLO, a runbook and a dashboard.',
    },
  }),
  example('Replace one file of a folder by another', {
    id: 'propose',
    name: 'Open the pull request',
    action: 'golden-paths:pull-request',
    input: {
      repoUrl: 'github.com?owner=acme&repo=quotes',
      branch: 'waymark/slo',
      title: 'Move the SLO',
      description: 'To where the portal looks for it.',
      sourcePath: './slo',
      targetPath: 'reliability',
      deletions: ['slo.yaml'],
    },
  }),
];
