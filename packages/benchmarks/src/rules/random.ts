/** A repeatable stream of numbers. */
export interface Random {
  /** Between 0 (included) and 1 (excluded). */
  next(): number;
  /** A whole number below a bound. */
  below(bound: number): number;
}

/** Mulberry32: small, fast, and the same on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: bound => Math.floor(next() * bound) };
}
