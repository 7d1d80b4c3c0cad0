export { aComponent } from './testing/aComponent';
export { CollectorRuns, type RunOutcome } from './testing/CollectorRuns';
export { payloadProblems } from './testing/payloadProblems';
export { recordRequests } from './testing/recordRequests';
export { TestClone } from './testing/TestClone';
export { githubClients, TestForge } from './testing/TestForge';
