export {
  celSchema,
  checkCelSyntax,
  type CelSyntaxProblem,
} from './cel/celSyntax';
export * from './factSource';
export * from './rules';
export * from './scorecard';
export * from './scores';
