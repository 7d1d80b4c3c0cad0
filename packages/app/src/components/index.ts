export { AllWell } from './AllWell';
export { LoadFailure } from './LoadFailure';
export { TwoColumns } from './TwoColumns';
