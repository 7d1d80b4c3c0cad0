/**
 * The name of a CSV file of results: it says of which scorecard and day it is, and whether it is all of them.
 *
 * @param day - as in `2026-03-31`
 * @param filter - by what the results were chosen; what is undefined chooses nothing
 * @public
 */
export function resultsFileName(
  scorecard: string,
  day: string,
  filter: object,
): string {
  const isFiltered = Object.values(filter).some(value => value !== undefined);
  return `${scorecard}-${day}${isFiltered ? '-filtered' : ''}.csv`;
}
