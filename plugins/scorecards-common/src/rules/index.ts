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
  completeRule,
  type CompletedFactSource,
  type RuleCompletion,
  type RuleCompletions,
} from './editing/completeRule';
export {
  FUNCTION_SIGNATURES,
  type FunctionSignature,
  type ReceiverType,
} from './editing/functionSignatures';
export {
  knownFact,
  unknownFact,
  type Fact,
  type FactProvenance,
  type Facts,
} from './facts';
export { type Proof } from './proof/prove';
export { Unknown, type UnknownReason } from './values/Unknown';
