import { DatabaseService } from '@backstage/backend-plugin-api';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { Ledger } from '../log';
import { HEADS } from '../log/tables';
import { verifyConsistency } from '../merkle';
import {
  Checkpoint,
  formatCheckpoint,
  NoteSigner,
  NoteVerifier,
  parseCheckpoint,
} from '../note';
import { HeadSink } from './HeadFile';

/** Signs how far the log has come, and publishes it. */
export class HeadPublisher {
  readonly #knex: Knex;
  readonly #ledger: Ledger;
  readonly #origin: string;
  readonly #signer: NoteSigner;
  readonly #sinks: HeadSink[];
  readonly #clock: Clock;

  /** @param options.origin - the name of the log, unique in the world */
  static async create(options: {
    database: DatabaseService;
    ledger: Ledger;
    origin: string;
    signer: NoteSigner;
    sinks: HeadSink[];
    clock: Clock;
  }): Promise<HeadPublisher> {
    return new HeadPublisher(await options.database.getClient(), options);
  }

  private constructor(
    knex: Knex,
    options: {
      ledger: Ledger;
      origin: string;
      signer: NoteSigner;
      sinks: HeadSink[];
      clock: Clock;
    },
  ) {
    this.#knex = knex;
    this.#ledger = options.ledger;
    this.#origin = options.origin;
    this.#signer = options.signer;
    this.#sinks = options.sinks;
    this.#clock = options.clock;
  }

  /**
   * Publishes the present head, unless it was published before.
   *
   * @returns what was published, if anything
   * @throws Error when the log does not begin with what was published last: it was rewritten, and nothing is signed
   */
  async publish(): Promise<Checkpoint | undefined> {
    const last = await this.#last();
    const { size, root } = await this.#ledger.head();
    if (last && last.size === size && last.root.equals(root)) {
      return undefined;
    }
    if (last) {
      const isGrown =
        last.size < size &&
        verifyConsistency({
          older: last,
          newer: { size, root },
          proof: await this.#ledger.proveConsistency(last.size, size),
        });
      if (!isGrown) {
        throw new Error(
          `The ledger ${
            this.#origin
          } was rewritten: its ${size} entries do not begin with the ${
            last.size
          } that were published`,
        );
      }
    }
    const checkpoint = { origin: this.#origin, size, root };
    const note = this.#signer.sign(formatCheckpoint(checkpoint));
    for (const sink of this.#sinks) {
      await sink.publish(note);
    }
    await this.#knex(HEADS)
      .insert({ size, note, published_at: this.#clock.now().getTime() })
      // Another replica was faster, and its signature is as good.
      .onConflict('size')
      .ignore();
    return checkpoint;
  }

  async #last(): Promise<Checkpoint | undefined> {
    const last = await this.#ledger.published();
    // Signed by us, or it is not what we have published.
    return (
      last &&
      parseCheckpoint(
        NoteVerifier.create(this.#signer.verifierKey).open(last.note),
      )
    );
  }
}
