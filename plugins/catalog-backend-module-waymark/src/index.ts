export { catalogModuleWaymark as default } from './module';
export { catalogModuleWaymarkPush } from './push/module';
