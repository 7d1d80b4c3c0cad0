export { EMPTY_ROOT, leafHash } from './hash';
export { verifyConsistency, verifyInclusion } from './verify';
