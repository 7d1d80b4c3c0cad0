const particles = new Set(['al', 'bin', 'de', 'el', 'la', 'van', 'von']);

/** The parts of a name in one spelling: no accents, no particles, in order. */
export function normalise(name) {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(part => part && !particles.has(part))
    .sort();
}

/** Jaro-Winkler similarity of two words, 0 to 1. */
export function similarity(a, b) {
  if (a === b) return 1;
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
  const taken = new Array(b.length).fill(false);
  const matched = [...a].filter((letter, index) => {
    for (let at = Math.max(0, index - reach); at <= Math.min(b.length - 1, index + reach); at++) {
      if (!taken[at] && b[at] === letter) return (taken[at] = true);
    }
    return false;
  });
  if (!matched.length) return 0;
  const other = [...b].filter((_, index) => taken[index]);
  const swapped = matched.filter((letter, index) => letter !== other[index]).length / 2;
  const count = matched.length;
  const jaro = (count / a.length + count / b.length + (count - swapped) / count) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** How well every part of the listed name is found in ours. */
export function score(name, listed) {
  const ours = normalise(name);
  const theirs = normalise(listed);
  if (!ours.length || !theirs.length) return 0;
  const best = theirs.map(part => Math.max(...ours.map(own => similarity(part, own))));
  return best.reduce((sum, value) => sum + value, 0) / best.length;
}
