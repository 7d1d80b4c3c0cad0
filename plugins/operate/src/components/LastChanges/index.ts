export { LastChanges } from './LastChanges';
