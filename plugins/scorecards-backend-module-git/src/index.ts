/**
 * Collects what lies in the repository of an entity, and who changed it when.
 *
 * @packageDocumentation
 */
export { scorecardsModuleGit as default } from './module';
