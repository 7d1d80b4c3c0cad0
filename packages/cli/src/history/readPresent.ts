import { Entity } from '@backstage/catalog-model';
import { EntitySnapshot } from '@waymark/waymark-common';
import { setTimeout as wait } from 'node:timers/promises';
import { CatalogServices } from './catalogPlugin';

const PAGE = 500;
const POLL_MILLIS = 500;
/** So long nothing changes in a catalog that has taken in all that there is, */
const QUIET_MILLIS = 8_000;
/** and so many times as long as it has ever paused, for on a machine that is busy it pauses longer. */
const PAUSES = 3;
const LONGEST_MILLIS = 240_000;

/** What the catalog says now. */
export interface Present {
  snapshots: EntitySnapshot[];
  /** Scorecards and fact sources. */
  definitions: Entity[];
}

/**
 * Reads the catalog once it has taken in every repository.
 *
 * @param repositories - names of those that describe something
 * @throws Error when that takes too long
 */
export async function readPresent(
  { snapshots, catalog, auth }: CatalogServices,
  repositories: readonly string[],
): Promise<Present> {
  const credentials = await auth.getOwnServiceCredentials();
  const all = async () => {
    const found: EntitySnapshot[] = [];
    let cursor: string | undefined;
    do {
      const page = await snapshots.list(
        { limit: PAGE, ...(cursor && { cursor }) },
        { credentials },
      );
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    return found;
  };
  const began = performance.now();
  let quietSince = began;
  let longestPause = 0;
  let before = '';
  for (;;) {
    const found = await all();
    const version = found.map(({ sequence }) => sequence).join();
    const now = performance.now();
    if (version !== before) {
      if (before) longestPause = Math.max(longestPause, now - quietSince);
      before = version;
      quietSince = now;
    }
    const missing = missingOf(found, repositories);
    const enough = Math.max(QUIET_MILLIS, PAUSES * longestPause);
    if (missing.length === 0 && now - quietSince >= enough) {
      const { items } = await catalog.getEntities(
        { filter: { kind: ['Scorecard', 'FactSource'] } },
        { credentials },
      );
      return { snapshots: found, definitions: items };
    }
    if (now - began > LONGEST_MILLIS) {
      throw new Error(
        missing.length > 0
          ? `The catalog has not taken in ${missing.join(', ')}`
          : 'The catalog does not come to rest',
      );
    }
    await wait(POLL_MILLIS);
  }
}

/** Repositories of which the catalog does not know yet what it will, and whose they are. */
function missingOf(
  snapshots: readonly EntitySnapshot[],
  repositories: readonly string[],
): string[] {
  const known = new Set(
    snapshots.flatMap(({ source }) =>
      source?.repositoryId ? source.repository : [],
    ),
  );
  return repositories.filter(name => !known.has(name));
}
