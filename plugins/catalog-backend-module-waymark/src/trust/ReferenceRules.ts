import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  parseRepositoryName,
  parseRepositoryUrl,
} from '@waymark/waymark-common';
import { keyOf, RepositoryName } from '../repositories/RepositoryName';
import { TrustedSources } from './TrustedSources';

const ANNOTATION_TECHDOCS = 'backstage.io/techdocs-ref';

/** Something that the portal would read on behalf of an entity. */
interface Reference {
  /** Where in the entity it stands. */
  field: string;
  value: string;
}

/**
 * What an entity may have the portal read. The portal reads with its own token, which sees more than the authors of most
 * repositories do: what they point at must be their own.
 */
export class ReferenceRules {
  readonly #trusted: TrustedSources;
  readonly #integrations: ScmIntegrationRegistry;

  static create(options: {
    trusted: TrustedSources;
    integrations: ScmIntegrationRegistry;
  }): ReferenceRules {
    return new ReferenceRules(options.trusted, options.integrations);
  }

  private constructor(
    trusted: TrustedSources,
    integrations: ScmIntegrationRegistry,
  ) {
    this.#trusted = trusted;
    this.#integrations = integrations;
  }

  /** Why an entity of the file at `location` is refused, or `undefined` when it points at nothing foreign. */
  refuse(entity: Entity, location: LocationSpec): string | undefined {
    if (location.type !== 'url') {
      return undefined;
    }
    const source = parseRepositoryUrl(location.target);
    if (source && this.#trusted.includes(source)) {
      return undefined;
    }
    const home = source ?? parseRepositoryName(location.target);
    const refuse = ({ field, value }: Reference, base = location.target) =>
      this.#isForeign(value, base, home)
        ? `${field} points at ${value}, which is not in ${describe(
            home,
          )}: a description may have the portal read files of its own repository only. ${this.#trusted.describe()} may point anywhere.`
        : undefined;

    for (const placeholder of placeholdersOf(entity, '')) {
      const reason = refuse(placeholder);
      if (reason) {
        return reason;
      }
    }
    const annotated = (annotation: string, base?: string) => {
      const value = locationOf(entity, annotation);
      return value === undefined
        ? undefined
        : refuse({ field: `metadata.annotations.${annotation}`, value }, base);
    };
    return (
      annotated(ANNOTATION_SOURCE_LOCATION) ??
      // Documentation is looked for relative to where the source is said to be.
      annotated(
        ANNOTATION_TECHDOCS,
        locationOf(entity, ANNOTATION_SOURCE_LOCATION),
      )
    );
  }

  #isForeign(
    value: string,
    base: string,
    home: RepositoryName | undefined,
  ): boolean {
    let url: string;
    try {
      url = this.#integrations.resolveUrl({ url: value, base });
    } catch {
      return true;
    }
    if (!this.#integrations.byUrl(url)) {
      // Read without a token, and only if `backend.reading.allow` names the host.
      return false;
    }
    const repository = parseRepositoryName(url);
    return !home || !repository || keyOf(repository) !== keyOf(home);
  }
}

function describe(home: RepositoryName | undefined): string {
  return home ? `${home.owner}/${home.repository}` : 'a repository of its own';
}

/** The target of an annotation that holds a location; what is none is refused by whoever reads it. */
function locationOf(entity: Entity, annotation: string): string | undefined {
  const value = entity.metadata.annotations?.[annotation];
  if (typeof value !== 'string') {
    return undefined;
  }
  try {
    return parseLocationRef(value).target;
  } catch {
    return undefined;
  }
}

// As Backstage's placeholder processor looks for them, without regard to which of them it knows.
function* placeholdersOf(value: unknown, field: string): Generator<Reference> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const path = field && `${field}.${key}`;
    if (key.startsWith('$') && typeof child === 'string') {
      if (child.startsWith('#')) {
        // A pointer into the document itself, as JSON Schema has them.
        continue;
      }
      yield { field: path || key, value: child };
    } else {
      yield* placeholdersOf(child, path || key);
    }
  }
}
