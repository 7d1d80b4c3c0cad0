export {
  formatCheckpoint,
  parseCheckpoint,
  type Checkpoint,
} from './Checkpoint';
export { NoteSigner, NoteVerifier } from './SignedNote';
