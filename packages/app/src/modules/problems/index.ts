export { problemsModule } from './problemsModule';
export { useProblems } from './useProblems';
export { isMine, type Ownership } from './isMine';
export { describeProblem } from './describeProblem';
