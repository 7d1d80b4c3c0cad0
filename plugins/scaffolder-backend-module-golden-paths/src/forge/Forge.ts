import { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import { createOctokit } from './createOctokit';
import { RepositoryName, repositoryOf } from './repositoryOf';

/** A way to one repository, whether it exists or not. */
export interface ForgeConnection extends RepositoryName {
  octokit: Octokit;
  /** The parameters that nearly every call takes. */
  at: { owner: string; repo: string };
  /** For Git over HTTPS. Never log it. */
  token: string;
}

/** Connects to the forges of the GitHub integration, and to no other. */
export class Forge {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;

  static create(options: { integrations: ScmIntegrationRegistry }): Forge {
    return new Forge(options.integrations);
  }

  private constructor(integrations: ScmIntegrationRegistry) {
    this.#integrations = integrations;
    this.#credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /**
   * @throws InputError when the address is not one of a repository at a known host
   * @throws NotAllowedError when the integration has no credentials for it
   */
  async connect(
    repoUrl: string,
    logger: LoggerService,
  ): Promise<ForgeConnection> {
    const repository = repositoryOf(repoUrl, this.#integrations);
    const { host, owner, name } = repository;
    const integration = this.#integrations.github.byHost(host)!;
    const { token } = await this.#credentials.getCredentials({
      url: `https://${host}/${owner}/${name}`,
    });
    if (!token) {
      throw new NotAllowedError(
        `The GitHub integration has no credentials for ${owner} at ${host}`,
      );
    }
    return {
      ...repository,
      at: { owner, repo: name },
      token,
      octokit: createOctokit({ config: integration.config, token, logger }),
    };
  }
}
