import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { chmod } from 'node:fs/promises';
import { chooseGenerator } from './chooseGenerator';

const directory = createMockDirectory();

/** Installs a command `mkdocs` that answers like the real one, and what lies beside its package. */
async function install(...packages: string[]): Promise<NodeJS.ProcessEnv> {
  const site = directory.resolve('site-packages');
  directory.setContent({
    bin: {
      mkdocs: `#!/bin/sh\necho "mkdocs, version 1.6.1 from ${site}/mkdocs (Python 3.12)"\n`,
    },
    'site-packages': Object.fromEntries(
      packages.map(name => [name, { METADATA: '' }]),
    ),
  });
  await chmod(directory.resolve('bin/mkdocs'), 0o755);
  return { PATH: directory.resolve('bin') };
}

const choose = async (
  environment: NodeJS.ProcessEnv,
  generator?: string,
  techdocs: object = { runIn: 'local' },
) =>
  (
    await chooseGenerator(
      mockServices.rootConfig({
        data: {
          techdocs: { generator: techdocs as never },
          waymark: { techdocs: { generator } },
        },
      }),
      environment,
    )
  ).generator;

describe('the choice of the generator', () => {
  const core = 'mkdocs_techdocs_core-1.5.3.dist-info';

  it('is mkdocs where the command and its plugin are installed', async () => {
    expect(await choose(await install('mkdocs', core))).toBe('mkdocs');
  });

  it('is the built-in one without the command, or without the plugin', async () => {
    expect(await choose({ PATH: directory.path })).toBe('builtin');
    const environment = await install('mkdocs');
    expect(await choose(environment)).toBe('builtin');
    expect(
      await choose(environment, 'auto', {
        runIn: 'local',
        mkdocs: { omitTechdocsCorePlugin: true },
      }),
    ).toBe('mkdocs');
  });

  it('leaves a container to Backstage', async () => {
    expect(await choose({ PATH: '' }, 'auto', { runIn: 'docker' })).toBe(
      'mkdocs',
    );
  });

  it('follows the configuration, and refuses what it does not know', async () => {
    expect(await choose({ PATH: '' }, 'mkdocs')).toBe('mkdocs');
    expect(await choose(await install('mkdocs', core), 'builtin')).toBe(
      'builtin',
    );
    await expect(choose({ PATH: '' }, 'sphinx')).rejects.toThrow(
      'waymark.techdocs.generator is "sphinx", it must be auto, mkdocs or builtin',
    );
  });
});
