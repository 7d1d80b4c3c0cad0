/**
 * Collects how a repository is protected, released and worked on at GitHub.
 *
 * @packageDocumentation
 */
export { scorecardsModuleGithub as default } from './module';
