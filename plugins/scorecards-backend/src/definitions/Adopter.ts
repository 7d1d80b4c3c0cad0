import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { DefinitionStore } from './DefinitionStore';
import { AdoptionPlan, isEmpty, planAdoption } from './planAdoption';
import { RuleChecks } from './RuleChecks';
import { KINDS, Seen, seenOf } from './seen';
import { AdoptionLedger, writeAdoption } from './writeAdoption';

// The feed of the catalog tells of changes, but not of errors, nor that the days of grace are over.
const EVERY_MILLIS = 30_000;
const ATTEMPTS = 5;
const REFS = Object.keys(KINDS).map(
  kind => `${kind.toLocaleLowerCase('en-US')}:`,
);

/** What an {@link Adopter} works with. */
export interface AdopterOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  auth: AuthService;
  catalog: Pick<CatalogService, 'streamEntities'>;
  ledger: AdoptionLedger;
  /** Refs of the groups whose members only look; none when absent. */
  auditors?: ReadonlySet<string>;
}

/**
 * Has the scorecards and fact sources of the catalog applied. One that is wrong is refused, with path and reason, and what
 * was in force under its ref stays; one that vanishes stays for a day. Every adoption is in the ledger.
 */
export class Adopter {
  readonly #options: AdopterOptions;
  readonly #definitions: DefinitionStore;
  readonly #checks = RuleChecks.create();
  readonly #loop: BackgroundLoop;

  static create(options: AdopterOptions): Adopter {
    return new Adopter(options);
  }

  private constructor(options: AdopterOptions) {
    this.#options = options;
    this.#definitions = DefinitionStore.of(options.knex);
    this.#loop = BackgroundLoop.create({
      what: 'adopt the definitions of the catalog',
      work: () => this.runOnce(),
      everyMillis: EVERY_MILLIS,
      logger: options.logger,
    });
  }

  /** Begins to adopt: now and then, and when told of changes by {@link Adopter.onFollowed}. */
  async start(): Promise<void> {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Looks again soon when a change of the catalog is about definitions; for a `SnapshotFollower`. */
  onFollowed({ refs }: { refs: string[] }): void {
    if (refs.some(ref => REFS.some(start => ref.startsWith(start)))) {
      this.#loop.wake();
    }
  }

  /** Compares what is in force with the catalog, and writes what is to change. */
  async runOnce(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (await this.#adopt()) {
        return;
      }
    }
    throw new ConflictError('Other replicas adopt definitions all the time');
  }

  /** @returns false when another replica has written meanwhile */
  async #adopt(): Promise<boolean> {
    const { knex, clock, ledger, auditors } = this.#options;
    // First of all: what is read afterwards may be newer, and then the write is refused.
    const { generation } = await this.#definitions.head();
    const plan = await planAdoption(
      {
        seen: await this.#seen(),
        inForce: await this.#definitions.inForce(),
        refusals: await this.#definitions.refusals(),
        now: clock.now(),
        auditors,
      },
      this.#checks,
    );
    if (isEmpty(plan)) {
      return true;
    }
    const isWritten = await transact(knex, tx =>
      writeAdoption(tx, plan, { generation, now: clock.now(), ledger }),
    );
    if (isWritten) {
      this.#tell(plan);
    }
    return isWritten;
  }

  async #seen(): Promise<Seen[]> {
    const { catalog, auth } = this.#options;
    const pages = catalog.streamEntities(
      { filter: { kind: Object.keys(KINDS) } },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const seen = new Map<string, Seen>();
    for await (const page of pages) {
      // A catalog that changes between two pages may show an entity twice.
      page.map(seenOf).forEach(one => seen.set(one.ref, one));
    }
    return [...seen.values()];
  }

  #tell({ adopted, ended, gone, refused }: AdoptionPlan): void {
    const { logger } = this.#options;
    for (const { proposal } of adopted) {
      logger.info(`Adopted ${proposal.ref}`);
    }
    for (const { definition, reason } of ended) {
      logger.info(`${definition.ref} is no longer in force: ${reason}`);
    }
    for (const { ref } of gone) {
      logger.warn(`${ref} has vanished; it stays in force for a day`);
    }
    for (const { ref, location, problems } of refused) {
      const said = problems.map(({ path, reason }) =>
        path ? `${path}: ${reason}` : reason,
      );
      logger.warn(`Refused ${ref} of ${location}: ${said.join('; ')}`);
    }
  }
}
