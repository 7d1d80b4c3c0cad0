export { searchModuleWaymark as default } from './module';
export { InMemorySearchEngine } from './InMemorySearchEngine';
export { searchModuleScorecards } from './scorecardsModule';
