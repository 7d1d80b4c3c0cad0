import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { chooseGenerator, GeneratorChoice } from './chooseGenerator';

/**
 * Builds each site with the generator that is there at that moment: MkDocs may be installed while the backend runs, and
 * no page has to wait for it.
 */
export class ChoosingTechdocsGenerator extends TechdocsGenerator {
  readonly #builtin: TechdocsGenerator;
  readonly #choose: () => Promise<GeneratorChoice>;
  readonly #logger: LoggerService;
  #last: GeneratorChoice | undefined;

  /**
   * @param options - `builtin` is the generator of this module; `choose` decides, by default
   *   {@link chooseGenerator} with the environment of this process
   */
  static create(options: {
    config: Config;
    logger: LoggerService;
    builtin: TechdocsGenerator;
    choose?: () => Promise<GeneratorChoice>;
  }): ChoosingTechdocsGenerator {
    return new ChoosingTechdocsGenerator(options);
  }

  private constructor(options: {
    config: Config;
    logger: LoggerService;
    builtin: TechdocsGenerator;
    choose?: () => Promise<GeneratorChoice>;
  }) {
    const { config, logger, builtin, choose } = options;
    super({
      config,
      logger,
      scmIntegrations: ScmIntegrations.fromConfig(config),
    });
    this.#builtin = builtin;
    this.#choose = choose ?? (() => chooseGenerator(config));
    this.#logger = logger;
  }

  /**
   * Decides which generator builds the next site, and says so in the log when it is another one than before.
   *
   * @throws InputError when the configuration names a generator that does not exist
   */
  async prepare(): Promise<GeneratorChoice> {
    // What MkDocs has built once it goes on building.
    if (this.#last?.generator !== 'mkdocs') {
      const choice = await this.#choose();
      if (choice.generator !== this.#last?.generator) {
        this.#logger.info(
          `Documentation is built by ${choice.generator}: ${choice.reason}`,
        );
      }
      this.#last = choice;
    }
    return this.#last;
  }

  async run(options: GeneratorRunOptions): Promise<void> {
    const { generator } = await this.prepare();
    await (generator === 'mkdocs'
      ? super.run(options)
      : this.#builtin.run(options));
  }
}
