export { checkTemplates, CHECKS } from './templates/check';
export type { Check, CheckOptions } from './templates/check';
export type { Finding, LocatedFinding } from './templates/Finding';
export type { Report } from './templates/Report';
