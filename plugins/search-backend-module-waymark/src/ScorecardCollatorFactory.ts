import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  scorecardListSchema,
  ScorecardSummary,
} from '@waymark/scorecards-common';
import { Readable } from 'node:stream';

/** Scorecards and their checks, for search. Whoever may read the scorecard in the catalog finds them. */
export class ScorecardCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'scorecards';
  readonly visibilityPermission = catalogEntityReadPermission;
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): ScorecardCollatorFactory {
    return new ScorecardCollatorFactory(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<IndexableDocument> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scorecards',
    });
    const url = await this.#discovery.getBaseUrl('scorecards');
    const response = await fetch(`${url}/scorecards`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const { items } = scorecardListSchema.parse(await response.json());
    for (const scorecard of items) yield* documentsOf(scorecard);
  }
}

function* documentsOf({
  ref,
  title,
  description,
  spec,
}: ScorecardSummary): Generator<IndexableDocument> {
  const { kind, namespace, name } = parseEntityRef(ref);
  const page = {
    location: `/catalog/${namespace}/${kind}/${name}`,
    authorization: { resourceRef: ref },
  };
  yield { ...page, title, text: description ?? title };
  for (const check of spec?.checks ?? []) {
    yield {
      ...page,
      // Search takes documents of one location for one document.
      location: `${page.location}#${check.id}`,
      title: `${check.title} (${title})`,
      text: [check.description, check.because, check.rule]
        .filter(Boolean)
        .join(' '),
    };
  }
}
