import { NotFoundError } from '@backstage/errors';
import { FactSourceSpec } from '@waymark/scorecards-common';
import { DateTime } from 'luxon';
import type { Knowledge } from '../facts/KnowledgeReader';
import { RETENTION } from './classes';

/**
 * Refuses to make something of the facts of an instant when one of them may have been purged: what is gone must not look as
 * if it had never been known.
 *
 * @param asked - `reads`: ids of the sources that are needed; `known`: what is still known of the instant
 * @throws NotFoundError naming the source
 */
export function refusePurged(asked: {
  asOf: Date;
  now: Date;
  reads: readonly string[];
  factSources: readonly { spec: FactSourceSpec }[];
  known: Knowledge;
}): void {
  const { asOf, reads, factSources, known } = asked;
  const now = DateTime.fromJSDate(asked.now, { zone: 'utc' });
  for (const { spec } of factSources) {
    const keptSince = now.minus(RETENTION[spec.retention]).toJSDate();
    if (
      reads.includes(spec.id) &&
      asOf < keptSince &&
      !known.facts.some(({ source }) => source === spec.id)
    ) {
      throw new NotFoundError(
        `What the fact source "${
          spec.id
        }" said at ${asOf.toISOString()} may have been purged: it keeps facts since ${keptSince.toISOString()}`,
      );
    }
  }
}
