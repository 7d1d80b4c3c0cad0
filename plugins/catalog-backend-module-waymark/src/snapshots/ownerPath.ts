/**
 * The owner and every group above it, from the nearest to the root. A group in several trees brings all of them, level by
 * level; a cycle ends where it would begin again.
 *
 * @param parentsOf - the groups directly above a group; empty for a root, a user, or a group the catalog lacks
 */
export function ownerPath(
  owner: string | undefined,
  parentsOf: (group: string) => readonly string[],
): string[] {
  const path = new Set<string>();
  let level = owner === undefined ? [] : [owner];
  while (level.length > 0) {
    level.forEach(group => path.add(group));
    level = [...new Set(level.flatMap(parentsOf))]
      .filter(group => !path.has(group))
      .sort();
  }
  return [...path];
}
