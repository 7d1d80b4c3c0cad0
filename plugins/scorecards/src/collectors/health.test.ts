import { CollectorHealth } from '@waymark/scorecards-common';
import { healthOf, inTroubleFirst } from './health';

const collector = (
  id: string,
  health: Partial<CollectorHealth> = {},
): CollectorHealth => ({
  id,
  sources: [id],
  entities: 10,
  failed: 0,
  overdue: 0,
  running: 0,
  lastRun: null,
  durationMillis: null,
  next: null,
  error: null,
  outage: null,
  ...health,
});
const since = '2026-03-01T12:00:00.000Z';

it('puts collectors in trouble first, the worst ahead', () => {
  const collectors = [
    collector('well'),
    collector('behind', { overdue: 3 }),
    collector('some', { outage: { since, wholeSource: false } }),
    collector('failed', { failed: 1, overdue: 9 }),
    collector('down', { outage: { since, wholeSource: true } }),
    collector('error', { error: 'No token' }),
  ];
  expect(
    inTroubleFirst(collectors).map(one => `${one.id}: ${healthOf(one)}`),
  ).toEqual([
    'down: outage',
    'error: failing',
    'failed: failing',
    'some: failing',
    'behind: overdue',
    'well: well',
  ]);
});
