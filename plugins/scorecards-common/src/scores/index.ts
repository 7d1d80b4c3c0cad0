export {
  CHECK_RESULTS,
  packedCodesOf,
  packResults,
  unpackResults,
  type CheckResult,
  type CheckState,
  type UnderlyingState,
} from './checkResult';
export {
  CompiledScorecard,
  type ScorecardAdoption,
  type ScorecardHistory,
  type ScorecardResult,
} from './CompiledScorecard';
export {
  evaluateCheck,
  type CheckEvaluation,
  type CheckHistory,
  type CompiledCheck,
  type Hold,
} from './evaluateCheck';
export { proveCheck, type CheckProofs } from './proveCheck';
export { scoreOf, type Score, type ScoredCheck } from './score';
