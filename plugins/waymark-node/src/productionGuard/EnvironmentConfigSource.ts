import { ConfigReader } from '@backstage/config';
import { ConfigSource } from '@backstage/config-loader';
import { settingsFromEnvironment } from './environmentSettings';

/** Puts what {@link settingsFromEnvironment} finds on top of another source, each time that one changes. */
export class EnvironmentConfigSource implements ConfigSource {
  readonly #source: ConfigSource;

  static on(source: ConfigSource): EnvironmentConfigSource {
    return new EnvironmentConfigSource(source);
  }

  private constructor(source: ConfigSource) {
    this.#source = source;
  }

  async *readConfigData(
    options?: Parameters<ConfigSource['readConfigData']>[0],
  ): ReturnType<ConfigSource['readConfigData']> {
    for await (const { configs } of this.#source.readConfigData(options)) {
      const data = settingsFromEnvironment(ConfigReader.fromConfigs(configs));
      yield { configs: [...configs, { data, context: 'environment' }] };
    }
  }

  toString(): string {
    return `EnvironmentConfigSource{${this.#source}}`;
  }
}
