export { OnCallSection } from './OnCallSection';
