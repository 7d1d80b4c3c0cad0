import { score } from './names.js';

const REVIEW = 0.92;

/** Hits above the threshold, best first. Only a person may clear a hit. */
export function screen({ name, born }, list, threshold = REVIEW) {
  return list
    .filter(entry => !born || !entry.born || Math.abs(entry.born - born) <= 1)
    .map(entry => ({
      id: entry.id,
      score: Math.max(...[entry.name, ...(entry.aliases ?? [])].map(alias => score(name, alias))),
    }))
    .filter(hit => hit.score >= threshold)
    .sort((a, b) => b.score - a.score);
}
