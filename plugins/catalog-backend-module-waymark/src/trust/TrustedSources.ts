import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RepositoryLocation } from '@waymark/waymark-common';

const KEY = 'waymark.catalog.trustedSources';
const DEFAULT_BRANCH = 'main';
const ENTRY =
  /^(?:(?<host>[^/@\s]+)\/)?(?<owner>[^/@\s]+)\/(?<repository>[^/@\s]+?)(?:@(?<branch>\S+))?$/;

interface TrustedSource {
  host: string;
  owner: string;
  repository: string;
  branch: string;
}

/**
 * The repositories, each at one branch, that may define what every other repository may not.
 */
export class TrustedSources {
  readonly #sources: TrustedSource[];

  /**
   * @throws InputError when an entry cannot be read, or leaves out the host while several could be meant
   */
  static fromConfig(config: Config): TrustedSources {
    const entries = config.getOptionalStringArray(KEY) ?? [];
    return new TrustedSources(
      entries.map((entry, index) => parseEntry(entry, index, config)),
    );
  }

  private constructor(sources: TrustedSource[]) {
    this.#sources = sources;
  }

  /** Names compare with regard to case: what a host folds is refused, never admitted. */
  includes(location: RepositoryLocation): boolean {
    return this.#sources.some(
      source =>
        source.host === location.host &&
        source.owner === location.owner &&
        source.repository === location.repository &&
        location.branchAndPath.startsWith(`${source.branch}/`),
    );
  }

  /** `acme/portal (branch main)`, for messages. */
  describe(): string {
    return this.#sources.length === 0
      ? `no repository (${KEY} is empty)`
      : this.#sources
          .map(
            ({ owner, repository, branch }) =>
              `${owner}/${repository} (branch ${branch})`,
          )
          .join(' or ');
  }
}

function parseEntry(
  entry: string,
  index: number,
  config: Config,
): TrustedSource {
  const groups = ENTRY.exec(entry)?.groups;
  if (!groups) {
    throw new InputError(
      `${KEY}[${index}] must read "owner/name", "host/owner/name" or either with "@branch", but is "${entry}"`,
    );
  }
  const { host, owner, repository, branch } = groups;
  return {
    host: host ?? impliedHost(config, entry, index),
    owner,
    repository,
    branch: branch ?? DEFAULT_BRANCH,
  };
}

function impliedHost(config: Config, entry: string, index: number): string {
  const hosts = (
    config.getOptionalConfigArray('integrations.github') ?? []
  ).map(github => github.getOptionalString('host') ?? 'github.com');
  if (hosts.length > 1) {
    throw new InputError(
      `${KEY}[${index}] "${entry}" must name its host, one of ${hosts.join(
        ', ',
      )}`,
    );
  }
  return hosts[0] ?? 'github.com';
}
