/**
 * Builds TechDocs pages without Python, where MkDocs is not installed.
 *
 * @packageDocumentation
 */
export { techdocsModuleWaymark as default } from './module';
