export { createExemptions } from './createExemptions';
export { exemptionOperations } from './exemptionOperations';
