import { isError } from '@backstage/errors';
import { appendFile, readFile } from 'node:fs/promises';
import { Checkpoint, NoteVerifier, parseCheckpoint } from '../note';

/** Where signed heads are published to. */
export interface HeadSink {
  /**
   * Keeps a head, out of reach of whoever can write to the database. The same may come twice.
   *
   * @param note - a signed note (C2SP) whose text is a checkpoint
   */
  publish(note: string): Promise<void>;
}

/** A file to which each signed head is added: a JSON string with the note on each line. */
export class HeadFile implements HeadSink {
  readonly #path: string;

  static at(path: string): HeadFile {
    return new HeadFile(path);
  }

  private constructor(path: string) {
    this.#path = path;
  }

  async publish(note: string): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(note)}\n`, { mode: 0o644 });
  }

  /**
   * The heads of the file, oldest first; none when there is no file.
   *
   * @throws InputError when one is not signed by the key
   */
  async read(verifier: NoteVerifier): Promise<Checkpoint[]> {
    const text = await readFile(this.#path, 'utf8').catch(error => {
      if (isError(error) && error.code === 'ENOENT') {
        return '';
      }
      throw error;
    });
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => parseCheckpoint(verifier.open(JSON.parse(line))));
  }
}
