import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { groupByIntent, searchTemplates } from './intents';

function template(name: string, type: string, tags: string[] = []) {
  const entity: TemplateEntityV1beta3 = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, tags, description: `Makes a ${name}` },
    spec: { type, steps: [] },
  };
  return entity;
}

const templates = [
  template('a-library', 'library'),
  template('z-service', 'service', ['recommended', 'go']),
  template('bucket', 'infrastructure'),
  template('poem', 'poetry'),
];

describe('intents', () => {
  it('put templates under what they serve, the recommended first and none left out', () => {
    expect(
      groupByIntent(templates).map(group => [
        group.title,
        ...group.templates.map(({ metadata }) => metadata.name),
      ]),
    ).toEqual([
      ['Create something new', 'z-service', 'a-library'],
      ['Ask for infrastructure', 'bucket'],
      ['Something else', 'poem'],
    ]);
  });

  it.each([
    ['', 4],
    ['GO', 1],
    ['makes bucket', 1],
    ['makes nothing', 0],
  ])('are searched by each word of "%s"', (text, count) => {
    expect(searchTemplates(templates, text)).toHaveLength(count);
  });
});
