export {
  RuleCompiler,
  type RuleAdoption,
  type RuleFactSource,
  type RuleProblem,
} from './adoption/RuleCompiler';
export {
  CompiledRule,
  type RuleOutcome,
  type RuleResult,
} from './CompiledRule';
export { RuleScope, type RuleInput } from './compile/RuleScope';
export {
  knownFact,
  unknownFact,
  type Fact,
  type FactProvenance,
  type Facts,
} from './facts';
export { type Proof } from './proof/prove';
export { Unknown, type UnknownReason } from './values/Unknown';
