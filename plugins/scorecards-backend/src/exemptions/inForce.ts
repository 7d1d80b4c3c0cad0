/** First instants at which exempted checks count again, by name of the scorecard and id of the check. */
export type ExemptChecks = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Number of the entity, name of the scorecard, id of the check, first instant at which it counts again. */
export type GrantItem = [number, string, string, number];

/** Groups what is exempted by number of the entity. Who is exempted in two ways is so until the later one ends. */
export function byEntity(
  items: Iterable<GrantItem>,
): Map<number, ExemptChecks> {
  const found = new Map<number, Map<string, Map<string, number>>>();
  for (const [entityId, scorecard, check, until] of items) {
    const own = found.get(entityId) ?? new Map<string, Map<string, number>>();
    found.set(entityId, own);
    const checks = own.get(scorecard) ?? new Map<string, number>();
    own.set(scorecard, checks);
    checks.set(check, Math.max(until, checks.get(check) ?? until));
  }
  return found;
}
