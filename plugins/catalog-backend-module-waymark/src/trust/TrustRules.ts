import { Entity, stringifyLocationRef } from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import { parseRepositoryUrl } from '@waymark/waymark-common';
import { createHash } from 'node:crypto';
import { TrustedSources } from './TrustedSources';

const RESTRICTED_KINDS = [
  'Group',
  'User',
  'Domain',
  'Location',
  'Template',
  'Scorecard',
  'FactSource',
  'RiskModel',
  'Initiative',
];

// People and groups that a provider reads from the host itself (members, teams) carry web addresses of that host.
const ORGANISATION_KINDS = new Set(['user', 'group']);

/**
 * Who may define what. Pure: takes an entity and where it comes from, gives the reason of a refusal.
 */
export class TrustRules {
  readonly #trusted: TrustedSources;
  readonly #scmHosts: ReadonlySet<string>;
  readonly #restricted = new Map(
    RESTRICTED_KINDS.map(kind => [kind.toLowerCase(), kind]),
  );

  /** @param options.scmHosts - hosts of the configured source-control integrations */
  static create(options: {
    trusted: TrustedSources;
    scmHosts: Iterable<string>;
  }): TrustRules {
    return new TrustRules(options.trusted, new Set(options.scmHosts));
  }

  private constructor(trusted: TrustedSources, scmHosts: Set<string>) {
    this.#trusted = trusted;
    this.#scmHosts = scmHosts;
  }

  /** Why a document of the file at `location` is refused, or `undefined` when it is admitted. */
  refuseDocument(
    document: { kind?: unknown; metadata?: { name?: unknown } },
    location: LocationSpec,
  ): string | undefined {
    const kind = this.#restricted.get(String(document.kind).toLowerCase());
    if (!kind) {
      return undefined;
    }
    const repository =
      location.type === 'url' ? parseRepositoryUrl(location.target) : undefined;
    if (repository && this.#trusted.includes(repository)) {
      return undefined;
    }
    const file = repository
      ? `${repository.branchAndPath} of ${repository.owner}/${repository.repository}`
      : stringifyLocationRef(location);
    const name = document.metadata?.name;
    return `${file} defines the ${kind} "${String(
      name,
    )}", but ${kind} entities may come from ${this.#trusted.describe()} only. Other repositories may describe their Components, APIs, Resources and Systems.`;
  }

  /**
   * The same for an entity on its way through the catalog, whatever brought it there. What a provider made by itself
   * (organisation data, the locations it discovered) did not come from a document and is admitted.
   */
  refuseEntity(entity: Entity, location: LocationSpec): string | undefined {
    const kind = entity.kind.toLowerCase();
    if (location.type !== 'url' && location.type !== 'file') {
      return undefined;
    }
    if (kind === 'location' && isGenerated(entity, location)) {
      return undefined;
    }
    if (
      ORGANISATION_KINDS.has(kind) &&
      this.#isHostPage(location) &&
      !parseRepositoryUrl(location.target)
    ) {
      return undefined;
    }
    return this.refuseDocument(entity, location);
  }

  #isHostPage(location: LocationSpec): boolean {
    if (location.type !== 'url' || !URL.canParse(location.target)) {
      return false;
    }
    const { host, pathname } = new URL(location.target);
    // Members are /<login>, teams /orgs/<org>/teams/<slug>; anything else deeper down could be content.
    return (
      this.#scmHosts.has(host) &&
      /^\/([^/]+|orgs\/[^/]+(\/teams\/[^/]+)?)\/?$/.test(pathname)
    );
  }
}

// Providers name the locations they make after a hash of the target; a document cannot bear the name of the location it
// is read from, since the catalog drops a child with the ref of its parent.
function isGenerated(entity: Entity, location: LocationSpec): boolean {
  const { type, target } = (entity.spec ?? {}) as Record<string, unknown>;
  const hash = createHash('sha1').update(`${type}:${target}`).digest('hex');
  return (
    entity.metadata.name === `generated-${hash}` &&
    type === location.type &&
    target === location.target
  );
}
