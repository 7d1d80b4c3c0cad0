export { catalogModuleWaymark as default } from './module';
