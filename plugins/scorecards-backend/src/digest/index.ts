export { createDigest } from './createDigest';
