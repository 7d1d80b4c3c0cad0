import { MAX_EXEMPTED_ENTITIES } from '@waymark/scorecards-common';
import { ReadOptions } from '../api/ScorecardsApi';
import { ExemptionsApi } from './ExemptionsApi';

const OPEN = ['requested', 'approved'] as const;
const PAGE = 100;

/** Those of which the same can be asked as of an entity, in the same request. */
export function othersOf(
  entityRef: string,
  failing: readonly string[],
  open: ReadonlySet<string>,
): string[] {
  return failing
    .filter(ref => ref !== entityRef && !open.has(ref))
    .slice(0, MAX_EXEMPTED_ENTITIES - 1);
}

/** Entities that cannot be asked for once more: they have an exemption of the check, asked for or in force. */
export async function openSubjects(
  exemptionsApi: Pick<ExemptionsApi, 'listExemptions'>,
  check: { scorecard: string; check: string },
  options: ReadOptions,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const state of OPEN) {
    let cursor: string | undefined;
    do {
      const page = await exemptionsApi.listExemptions(
        { ...check, state, cursor, limit: PAGE },
        options,
      );
      page.items
        .flatMap(({ records }) => records)
        .filter(record => OPEN.some(open => open === record.state))
        .forEach(({ subject }) => found.add(subject));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return found;
}
