import {
  DatabaseService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  HeadFile,
  HeadPublisher,
  Ledger,
  NoteSigner,
} from '@waymark/ledger-node';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { checkConfig } from '../config/checkConfig';

const KEY = 'scorecards.ledger.heads';
const EVERY_MILLIS = 5_000;

const headsSchema = z.strictObject({
  origin: z.string().regex(/^[^\s+]+$/, {
    error: 'must have no spaces and no "+"',
  }),
  key: z.string(),
  file: z.string().refine(isAbsolute, { error: 'must be an absolute path' }),
});

/** Publishes signed heads of the ledger while it grows, where that is configured. */
export class HeadPublication {
  readonly #publisher: HeadPublisher | undefined;
  readonly #loop: BackgroundLoop | undefined;

  /** @throws Error that names the key of the configuration and the reason */
  static async fromConfig(options: {
    config: RootConfigService;
    database: DatabaseService;
    ledger: Ledger;
    clock: Clock;
    logger: LoggerService;
  }): Promise<HeadPublication> {
    const { config, logger } = options;
    const value = config.getOptional(KEY);
    if (value === undefined) {
      return new HeadPublication();
    }
    const { origin, key, file } = checkConfig(KEY, value, headsSchema);
    const signer = signerOf(origin, key);
    // Public, and what an auditor verifies with.
    logger.info(`Heads of the ledger are signed by ${signer.verifierKey}`);
    const publisher = await HeadPublisher.create({
      ...options,
      origin,
      signer,
      sinks: [HeadFile.at(file)],
    });
    return new HeadPublication(publisher, logger);
  }

  private constructor(publisher?: HeadPublisher, logger?: LoggerService) {
    this.#publisher = publisher;
    this.#loop =
      logger &&
      BackgroundLoop.create({
        what: 'publish the head of the ledger',
        work: () => this.runOnce(),
        everyMillis: EVERY_MILLIS,
        logger,
      });
  }

  async runOnce(): Promise<void> {
    await this.#publisher?.publish();
  }

  async start(): Promise<void> {
    this.#loop?.start();
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }
}

function signerOf(name: string, privateKey: string): NoteSigner {
  try {
    return NoteSigner.create({ name, privateKey });
  } catch (error) {
    throw new Error(
      `Invalid configuration: ${KEY}.key: ${toError(error).message}`,
    );
  }
}
