import { InputError } from '@backstage/errors';
import { LabFilter } from '@waymark/scorecards-common';
import { Compared } from '../simulation';
import { stateOf } from './tallyChecks';

/**
 * Those that fit a filter.
 *
 * @throws InputError for a state of no check
 */
export function filterCompared(
  compared: readonly Compared[],
  { check, from, to, moved, q }: LabFilter,
): Compared[] {
  if (check === undefined && (from ?? to) !== undefined) {
    throw new InputError('check: required with from and to');
  }
  const text = q?.toLocaleLowerCase('en-US');
  return compared.filter(one => {
    const { subject, now, then, transition } = one;
    if (text !== undefined && !subject.entityRef.includes(text)) return false;
    if (check === undefined) {
      return moved === undefined || (moved === 'true') === Boolean(transition);
    }
    const before = stateOf(now, check) ?? 'none';
    const after = stateOf(then, check) ?? 'none';
    return (
      (from === undefined || from === before) &&
      (to === undefined || to === after) &&
      (moved === undefined || (moved === 'true') === (before !== after))
    );
  });
}
