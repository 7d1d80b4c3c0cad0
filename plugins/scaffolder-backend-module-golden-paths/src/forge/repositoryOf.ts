import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';

/** A repository at a forge that the GitHub integration knows. */
export interface RepositoryName {
  /** With the port, as the integration's configuration writes it. */
  host: string;
  owner: string;
  name: string;
}

const OWNER = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/;
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/**
 * Reads `<host>?owner=<owner>&repo=<name>`, the notation of Backstage's own actions. Only hosts of the GitHub integration are
 * accepted, so that a template cannot send the portal's credentials anywhere else.
 *
 * @throws InputError that names the part that is wrong
 */
export function repositoryOf(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): RepositoryName {
  const { host, owner, repo } = parseRepoUrl(repoUrl, integrations);
  if (!integrations.github.byHost(host)) {
    throw new InputError(
      `repoUrl: ${host} is not a host of the GitHub integration (integrations.github)`,
    );
  }
  if (!owner || !OWNER.test(owner)) {
    throw new InputError(
      `repoUrl: "${owner}" cannot be the owner of a repository`,
    );
  }
  if (!NAME.test(repo)) {
    throw new InputError(
      `repoUrl: "${repo}" cannot be the name of a repository`,
    );
  }
  return { host, owner, name: repo };
}
