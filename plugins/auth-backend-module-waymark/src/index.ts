export { authModuleWaymark as default } from './module';
