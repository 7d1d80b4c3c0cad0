import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { Octokit } from '@octokit/rest';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Clients of GitHub's REST API with the addresses and credentials of the configured integrations.
 * @public
 */
export class GithubClients {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;

  static create(options: {
    integrations: ScmIntegrationRegistry;
  }): GithubClients {
    return new GithubClients(options.integrations);
  }

  private constructor(integrations: ScmIntegrationRegistry) {
    this.#integrations = integrations;
    this.#credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /**
   * A client for the repository (or anything in it) at a web address.
   *
   * @returns undefined when no GitHub integration is configured for its host
   */
  async forUrl(url: string): Promise<Octokit | undefined> {
    const integration = this.#integrations.github.byUrl(url);
    if (!integration) {
      return undefined;
    }
    const { token } = await this.#credentials.getCredentials({ url });
    return new Octokit({
      auth: token,
      baseUrl: integration.config.apiBaseUrl,
      log: SILENT,
    });
  }
}
