import { InputError } from '@backstage/errors';
import { LabFilter, Transition } from '@waymark/scorecards-common';
import { Compared } from '../simulation';
import { StateReader } from './tallyChecks';

type Levels = Pick<LabFilter, 'direction' | 'fromLevel' | 'toLevel'>;

const NONE = 'none';

/** Whether the level of an entity moves so. */
function movesSo(
  transition: Transition | undefined,
  { direction, fromLevel, toLevel }: Levels,
): boolean {
  if (direction === undefined) return true;
  if (transition?.direction !== direction) return false;
  const { from, to } = transition;
  return (
    (fromLevel === undefined || fromLevel === (from?.level ?? NONE)) &&
    (toLevel === undefined || toLevel === (to?.level ?? NONE))
  );
}

/**
 * Those that fit a filter.
 *
 * @throws InputError for a state of no check, or a level of no move
 */
export function filterCompared(
  compared: readonly Compared[],
  filter: LabFilter,
): Compared[] {
  const { check, from, to, moved, owner, q } = filter;
  if (check === undefined && (from ?? to) !== undefined) {
    throw new InputError('check: required with from and to');
  }
  if (
    filter.direction === undefined &&
    (filter.fromLevel ?? filter.toLevel) !== undefined
  ) {
    throw new InputError('direction: required with fromLevel and toLevel');
  }
  const reader = StateReader.of(check === undefined ? [] : [check]);
  const text = q?.toLocaleLowerCase('en-US');
  return compared.filter(one => {
    const { subject, now, then, transition } = one;
    if (text !== undefined && !subject.entityRef.includes(text)) return false;
    if (owner !== undefined && owner !== (subject.owner ?? NONE)) return false;
    if (!movesSo(transition, filter)) return false;
    if (check === undefined) {
      return moved === undefined || (moved === 'true') === Boolean(transition);
    }
    const before = reader.stateOf(now, 0) ?? NONE;
    const after = reader.stateOf(then, 0) ?? NONE;
    return (
      (from === undefined || from === before) &&
      (to === undefined || to === after) &&
      (moved === undefined || (moved === 'true') === (before !== after))
    );
  });
}
