import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorRunOptions,
  TechdocsGenerator,
  TechDocsMetadata,
} from '@backstage/plugin-techdocs-node';
import { Clock } from '@waymark/waymark-node';
import { readFile } from 'node:fs/promises';
import { buildSite } from './buildSite';

/**
 * Builds the pages of a repository in this process: the files that MkDocs with `techdocs-core` would write, without
 * Python. It extends Backstage's generator because that is the type that the extension point takes.
 */
export class BuiltinTechdocsGenerator extends TechdocsGenerator {
  readonly #clock: Clock;

  static create(options: {
    config: Config;
    logger: LoggerService;
    clock: Clock;
  }): BuiltinTechdocsGenerator {
    return new BuiltinTechdocsGenerator(options);
  }

  private constructor(options: {
    config: Config;
    logger: LoggerService;
    clock: Clock;
  }) {
    const { config, logger, clock } = options;
    super({
      config,
      logger,
      scmIntegrations: ScmIntegrations.fromConfig(config),
    });
    this.#clock = clock;
  }

  /**
   * @throws InputError when `mkdocs.yml` is wrong, with file, field and reason; NotAllowedError when a path or a symbolic
   *   link leads out of `inputDir`
   */
  async run(options: GeneratorRunOptions): Promise<void> {
    const { inputDir, outputDir, etag, logger, siteOptions } = options;
    const stylesheet = await readFile(
      resolvePackagePath(
        '@waymark/techdocs-backend-module-waymark',
        'assets/reader.css',
      ),
      'utf8',
    );
    const { config, writer } = await buildSite({
      inputDir,
      outputDir,
      name: siteOptions?.name,
      stylesheet,
      log: line => logger.warn(line),
    });
    const metadata: Omit<TechDocsMetadata, 'etag'> & { etag?: string } = {
      site_name: config.name,
      site_description: config.description,
      build_timestamp: this.#clock.now().getTime(),
      files: writer.files,
      etag,
    };
    await writer.write('techdocs_metadata.json', JSON.stringify(metadata));
    logger.info(
      `Built ${metadata.files?.length} files of documentation from ${config.docsFolder}`,
    );
  }
}
