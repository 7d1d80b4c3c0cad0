export * from './api';
export {
  celSchema,
  checkCelSyntax,
  type CelSyntaxProblem,
} from './cel/celSyntax';
export * from './factSource';
export * from './ladder';
export * from './permissions';
export * from './rules';
export * from './scorecard';
export * from './scores';
export * from './simulation';
