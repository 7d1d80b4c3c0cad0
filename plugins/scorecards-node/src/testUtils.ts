export { CollectorRuns, type RunOutcome } from './testing/CollectorRuns';
export { aComponent } from './testing/aComponent';
export { githubClients, TestForge } from './testing/TestForge';
export { TestClone } from './testing/TestClone';
