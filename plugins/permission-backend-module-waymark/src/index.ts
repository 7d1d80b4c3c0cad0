export { permissionModuleWaymark as default } from './module';
export { guardedRootHttpRouterServiceFactory } from './http/rootHttpRouter';
