export { MAX_BLOB_BYTES } from './GitObjects';
export { GitReader, closeGitReaders, releaseGitReader } from './GitReader';
export type { GitArchiveFormat } from './archive';
export { CatFilePool } from './CatFilePool';
export { isRefName, isSha, parsePath, parseSha } from './validate';
export type {
  GitAheadBehind,
  GitCommit,
  GitEntryType,
  GitFile,
  GitFileDiff,
  GitFileStatus,
  GitLogOptions,
  GitMergeability,
  GitPerson,
  GitRef,
  GitRefPath,
  GitTreeEntry,
} from './types';
