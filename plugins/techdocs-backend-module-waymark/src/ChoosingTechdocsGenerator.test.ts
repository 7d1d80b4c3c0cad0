import { mockServices } from '@backstage/backend-test-utils';
import {
  GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { GeneratorChoice } from './chooseGenerator';
import { ChoosingTechdocsGenerator } from './ChoosingTechdocsGenerator';

describe('the generator of each site', () => {
  const builtin: GeneratorChoice = { generator: 'builtin', reason: 'none yet' };
  const mkdocs: GeneratorChoice = { generator: 'mkdocs', reason: 'found' };

  it('is the one that is there when the site is built, and each change is logged once', async () => {
    const answers = [builtin, builtin, mkdocs];
    const built: string[] = [];
    const logger = mockServices.logger.mock();
    const run = jest
      .spyOn(TechdocsGenerator.prototype, 'run')
      .mockImplementation(async () => {
        built.push('mkdocs');
      });
    const generator = ChoosingTechdocsGenerator.create({
      config: mockServices.rootConfig(),
      logger,
      builtin: {
        run: async () => {
          built.push('builtin');
        },
      } as unknown as TechdocsGenerator,
      choose: async () => answers.shift()!,
    });
    await generator.prepare();
    for (let site = 0; site < 3; site += 1) {
      await generator.run({} as GeneratorRunOptions);
    }
    run.mockRestore();
    expect(built).toEqual(['builtin', 'mkdocs', 'mkdocs']);
    expect(logger.info.mock.calls.map(([line]) => line)).toEqual([
      'Documentation is built by builtin: none yet',
      'Documentation is built by mkdocs: found',
    ]);
  });
});
