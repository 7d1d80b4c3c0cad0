import { ConfigReader } from '@backstage/config';
import { readDiscoverySources } from './discoverySources';
import { pushSchema } from './githubEvents';
import { wildcardLocations } from './wildcardLocations';

const SOURCES = readDiscoverySources(
  new ConfigReader({
    catalog: {
      providers: {
        github: {
          components: { host: 'localhost:7009', organization: 'Acme' },
          monorepos: {
            host: 'localhost:7009',
            organization: 'Acme',
            catalogPath: '/**/catalog-info.yaml',
          },
          templates: {
            host: 'localhost:7009',
            organization: 'acme',
            catalogPath: '/templates/*/template.yaml',
            filters: { branch: 'live' },
          },
          elsewhere: {
            organization: 'acme',
            catalogPath: '/**/catalog-info.yaml',
          },
        },
      },
    },
  }),
);

const push = (commit: object, options: { ref?: string; owner?: string } = {}) =>
  pushSchema.parse({
    ref: options.ref ?? 'refs/heads/main',
    repository: {
      name: 'mono',
      html_url: `http://localhost:7009/${options.owner ?? 'acme'}/mono`,
      default_branch: 'main',
      owner: { login: options.owner ?? 'acme' },
    },
    commits: [{ added: [] }, commit],
  });

const MONOREPO =
  'http://localhost:7009/acme/mono/blob/main/**/catalog-info.yaml';

describe('wildcardLocations', () => {
  it.each(['added', 'modified', 'removed'])(
    'names the location by its pattern when a file below it was %s',
    kind => {
      const changed = { [kind]: ['services/a/catalog-info.yaml'] };
      expect(wildcardLocations(push(changed), SOURCES)).toEqual([MONOREPO]);
    },
  );

  it('takes the root of the repository for a place below **', () => {
    const changed = { modified: ['catalog-info.yaml'] };
    expect(wildcardLocations(push(changed), SOURCES)).toEqual([MONOREPO]);
  });

  it('follows the branch that a provider is bound to', () => {
    const changed = { added: ['templates/x/template.yaml'] };
    expect(wildcardLocations(push(changed), SOURCES)).toEqual([]);
    expect(
      wildcardLocations(push(changed, { ref: 'refs/heads/live' }), SOURCES),
    ).toEqual([
      'http://localhost:7009/acme/mono/blob/live/templates/*/template.yaml',
    ]);
  });

  it.each<[string, ReturnType<typeof push>]>([
    ['another file', push({ modified: ['services/a/README.md'] })],
    [
      'another branch',
      push({ modified: ['a/catalog-info.yaml'] }, { ref: 'refs/heads/topic' }),
    ],
    [
      'another organisation',
      push({ modified: ['a/catalog-info.yaml'] }, { owner: 'evil' }),
    ],
  ])('is silent about %s', (_title, event) => {
    expect(wildcardLocations(event, SOURCES)).toEqual([]);
  });
});
