/**
 * The facts of a commit without a forge to ask, for programs that have the repository itself.
 *
 * @packageDocumentation
 */
export { componentFolder } from './collector/componentFolder';
export {
  continueHistory,
  type FolderHistory,
  type HistoryCommit,
} from './facts/commitHistory';
export {
  describeComponent,
  type ComponentInput,
} from './facts/describeComponent';
export type { ReadFile, TreeFile } from './facts/TreeFile';
export { FileIndex } from './repository/FileIndex';
