export { permissionModuleWaymark as default } from './module';
