/**
 * Whether a path matches a pattern of `*`, `?` (within a name) and `**` (any number of names), both separated by `/`.
 *
 * @remarks
 * Takes at most the product of both lengths. Patterns come from repositories, where anybody may write one that keeps a
 * regular expression busy for ever.
 * @public
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchesNames(pattern.split('/'), path.split('/'));
}

/** As {@link matchesGlob}, of what is split into names already. */
export function matchesNames(
  pattern: readonly string[],
  path: readonly string[],
): boolean {
  return matchesWildcards(pattern, path, '**', (expected, name) =>
    matchesWildcards(
      expected,
      name,
      '*',
      (one, other) => one === '?' || one === other,
    ),
  );
}

// Only the last wildcard ever has to take more: whatever an earlier one could take, the later one can.
function matchesWildcards(
  pattern: ArrayLike<string>,
  items: ArrayLike<string>,
  wildcard: string,
  matches: (expected: string, item: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let lastWildcard = -1;
  let takenFrom = 0;
  while (item < items.length) {
    if (at < pattern.length && pattern[at] === wildcard) {
      lastWildcard = at;
      takenFrom = item;
      at += 1;
    } else if (at < pattern.length && matches(pattern[at], items[item])) {
      at += 1;
      item += 1;
    } else if (lastWildcard >= 0) {
      takenFrom += 1;
      item = takenFrom;
      at = lastWildcard + 1;
    } else {
      return false;
    }
  }
  while (at < pattern.length && pattern[at] === wildcard) {
    at += 1;
  }
  return at === pattern.length;
}
