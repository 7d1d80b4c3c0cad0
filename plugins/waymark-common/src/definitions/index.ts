export {
  DEFINITION_API_VERSION,
  defineKind,
  type Definition,
  type DefinitionKind,
  type DefinitionResult,
} from './DefinitionKind';
export {
  describeProblems,
  formatPath,
  type DefinitionProblem,
} from './problems';
export { didYouMean, nearest } from './nearest';
export {
  appliesToSchema,
  entityRefSchema,
  idSchema,
  isoDateSchema,
  isoDurationSchema,
  ownerSchema,
} from './fields';
