/**
 * What the Operate card shows: the HTTP answer, the on-call schedule format
 * and its rotation arithmetic, and the OpenSLO summary.
 *
 * @packageDocumentation
 */
export * from './answer';
export {
  onCallScheduleSchema,
  parseOnCallSchedule,
  type OnCallLayer,
  type OnCallOverride,
  type OnCallSchedule,
} from './onCallSchedule';
export { summarizeOpenSlo, type SloSummary } from './openSlo';
export { onCallAt, type OnCallShift } from './rotation';
