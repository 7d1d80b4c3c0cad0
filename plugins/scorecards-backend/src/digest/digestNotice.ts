import { CAUSE_WORDS } from '@waymark/scorecards-common';
import { DateTime, Duration } from 'luxon';
import { nameOf, Notice } from '../notices';
import { EntityCheck, LevelMove, OwnerWeek, WayUp } from './OwnerWeek';
import { Section } from './Section';

/** What people can turn off in the settings of their notifications. */
const TOPIC = 'Weekly digest';
const LINK = '/scorecards/views/changes?since=week';
/** Enough to begin with. */
const WAYS = 2;

const plural = (count: number, one: string, many: string) =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;

const counted = ({ total }: { total: number }, one: string, many: string) =>
  plural(total, one, many);

function effortOf(millis: number): string {
  const duration = Duration.fromMillis(millis).shiftTo('hours', 'minutes');
  const parts = Object.entries(duration.toObject()).filter(
    ([, value]) => value,
  );
  return Duration.fromObject(Object.fromEntries(parts)).toHuman();
}

const levelMove = ({ entityRef, scorecard, from, to, cause }: LevelMove) =>
  `${nameOf(entityRef)} from ${from ?? 'no level'} to ${
    to ?? 'no level'
  } in ${scorecard} (${CAUSE_WORDS[cause]})`;

const entityCheck = ({ entityRef, scorecard, check }: EntityCheck) =>
  `"${check}" of ${nameOf(entityRef)} (${scorecard})`;

function wayUp(way: WayUp): string {
  const { entityRef, scorecard, target, steps, unestimated } = way;
  const effort =
    unestimated === 0 ? `, about ${effortOf(way.effortMillis)}` : '';
  const titles = steps.map(({ check }) => `"${check.title}"`);
  return `Next: ${nameOf(entityRef)} reaches ${
    target.title
  } in ${scorecard} by ${titles.join(', ')}${effort}.`;
}

function line<T>(
  what: string,
  { total, first }: Section<T>,
  inWords: (item: T) => string,
): string {
  if (total === 0) return '';
  const more = total - first.length;
  const items = [
    ...first.map(inWords),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return `${what} (${total}): ${items.join('; ')}.`;
}

function headline(week: OwnerWeek): string {
  const { lost, gained, failing, passing, unknown, expiring } = week;
  return [
    counted(lost, 'level lost', 'levels lost'),
    counted(gained, 'level gained', 'levels gained'),
    counted(failing, 'check newly failing', 'checks newly failing'),
    counted(passing, 'check newly met', 'checks newly met'),
    counted(unknown, 'check not known any more', 'checks not known any more'),
    counted(expiring, 'exemption about to end', 'exemptions about to end'),
  ]
    .filter(Boolean)
    .slice(0, 3)
    .join(', ');
}

function linesOf(week: OwnerWeek, day: (date: Date) => string): string[] {
  const { lost, gained, failing, passing, unknown, expiring, debt } = week;
  const owed = [
    plural(debt.exempted, 'exempted check', 'exempted checks'),
    plural(debt.unknown, 'check nobody knows', 'checks nobody knows'),
  ].filter(Boolean);
  return [
    line('Lost', lost, levelMove),
    line('Gained', gained, levelMove),
    line('Newly failing', failing, entityCheck),
    line('Newly met', passing, entityCheck),
    line('Not known any more', unknown, entityCheck),
    line(
      'Exemptions about to end',
      expiring,
      one => `${entityCheck(one)} on ${day(one.at)}`,
    ),
    ...week.next.first.slice(0, WAYS).map(wayUp),
    ...(owed.length > 0 ? [`Owed: ${owed.join(', ')}.`] : []),
  ].filter(Boolean);
}

/** What an owner is told of a week, in words; undefined where there is nothing to tell. */
export function digestNotice(
  week: OwnerWeek,
  about: { owner: string; since: Date; timeZone: string },
): Notice | undefined {
  if (!week.isNews) return undefined;
  const { owner, since, timeZone } = about;
  const day = (date: Date) =>
    DateTime.fromJSDate(date, { zone: timeZone })
      .setLocale('en-GB')
      .toFormat('d MMMM');
  const id = `digest:${week.until.getTime()}:${owner}`;
  const { lost, failing, expiring } = week;
  const isUrgent = [lost, failing, expiring].some(({ total }) => total > 0);
  return {
    id,
    recipients: [owner],
    payload: {
      title: `Scorecards of ${nameOf(owner)} since ${day(since)}: ${headline(
        week,
      )}`,
      description: linesOf(week, day).join('\n'),
      link: LINK,
      topic: TOPIC,
      severity: isUrgent ? 'normal' : 'low',
      scope: id,
    },
  };
}
