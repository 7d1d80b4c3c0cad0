import { parseDate } from '@internationalized/date';
import { endOf } from './AsOf';

it.each([
  ['Europe/Berlin', '2026-03-01', '2026-03-01T22:59:59.999Z'],
  // The night in which clocks go forward.
  ['Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59.999Z'],
  ['Asia/Tokyo', '2026-03-01', '2026-03-01T14:59:59.999Z'],
])('ends a day in %s where it ends', (zone, day, instant) => {
  expect(endOf(parseDate(day), zone)).toBe(instant);
});
