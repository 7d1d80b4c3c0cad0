export { createExemptions } from './createExemptions';
export { exemptionOperations } from './exemptionOperations';
export type { ExemptionReadHandlers } from './createExemptionRouter';
