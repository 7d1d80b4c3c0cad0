export { CAUSE_WORDS } from './causes';
export {
  debtOf,
  effortMillis,
  isMissing,
  ladderOf,
  pathOf,
  type LadderPath,
  type LadderRung,
  type LadderSpec,
  type LadderStep,
} from './ladder';
export {
  levelPosition,
  levelsBetween,
  movesBetween,
  type ScoreMove,
} from './moves';
