import {
  LunrSearchEngine,
  MissingIndexError,
} from '@backstage/plugin-search-backend-node';
import type {
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';

/**
 * Backstage's search in memory, for which a document type without documents is an empty result and not an error.
 * @public
 */
export class InMemorySearchEngine extends LunrSearchEngine {
  /** Answers as its base does; a type that was never indexed has no results. */
  override async query(query: SearchQuery): Promise<IndexableResultSet> {
    try {
      return await super.query(query);
    } catch (error) {
      if (!(error instanceof MissingIndexError)) throw error;
      return { results: [], numberOfResults: 0 };
    }
  }
}
