import {
  DAY_MILLIS,
  expire,
  NOTICE_DAYS,
  PASSING_DAYS,
  reachedNotices,
  revoke,
  stateAt,
} from './decide';
import { Exemption } from './Exemption';

/** Since when the check passes, in ms since 1970; undefined where it does not. */
export type PassingSince = ReadonlyMap<number, number | undefined>;

const isOver = ({ state }: Exemption) =>
  state !== 'requested' && state !== 'approved';

/** When the portal has something to do with an exemption by itself; undefined for never. */
export function nextAt(exemption: Exemption): number | undefined {
  if (isOver(exemption)) return undefined;
  const { expiresAt, state, subjects, noticed } = exemption;
  const notices = NOTICE_DAYS.filter(
    days => state === 'approved' && !noticed.includes(days),
  ).map(days => expiresAt - days * DAY_MILLIS);
  return Math.min(
    expiresAt,
    ...notices,
    ...subjects.flatMap(({ lookAt }) => lookAt ?? []),
  );
}

/** Subjects whose results are to be looked at, by number of the entity. */
export function toLookAt(
  { state, subjects, expiresAt }: Exemption,
  now: number,
): number[] {
  return state === 'approved' && expiresAt > now
    ? subjects
        .filter(({ lookAt }) => lookAt !== undefined && lookAt <= now)
        .map(({ entityId }) => entityId)
    : [];
}

/**
 * What the portal does by itself at an instant: expiry, revocation of what is needed no more, and notices. Of several
 * notices that are due at once, because nobody looked or because it is short, only the last one is given.
 *
 * @param passing - of the subjects that {@link toLookAt} names
 */
export function due(
  exemption: Exemption,
  passing: PassingSince,
  now: number,
): Exemption {
  if (isOver(exemption)) return exemption;
  if (stateAt(exemption, now) === 'expired') return expire(exemption, now);
  if (exemption.state !== 'approved') return exemption;
  const looked = look(exemption, passing, now);
  if (isOver(looked)) return looked;
  const { expiresAt, noticed } = looked;
  const reached = reachedNotices(expiresAt, now).filter(
    days => !noticed.includes(days),
  );
  return reached.length > 0
    ? { ...looked, noticed: [...noticed, ...reached] }
    : looked;
}

/** Revokes what has passed for long enough since it was approved, and says when to look again at the rest. */
function look(
  exemption: Exemption,
  passing: PassingSince,
  now: number,
): Exemption {
  const looked = new Set(toLookAt(exemption, now));
  const needed = PASSING_DAYS * DAY_MILLIS;
  const gone: string[] = [];
  const subjects = exemption.subjects.map(subject => {
    if (!looked.has(subject.entityId)) return subject;
    const since = passing.get(subject.entityId);
    const from = Math.max(since ?? now, exemption.approvedAt!);
    if (from + needed <= now) gone.push(subject.ref);
    return { ...subject, lookAt: from + needed };
  });
  const later = { ...exemption, subjects };
  return gone.length > 0
    ? revoke(later, { at: now, by: null, subjects: gone, automatic: true })
    : later;
}
