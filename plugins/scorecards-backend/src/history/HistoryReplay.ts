import {
  AuthService,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { Ledger } from '@waymark/ledger-node';
import { CollectedFact } from '@waymark/scorecards-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { CatalogCollector } from '../collectors';
import { toCollected } from '../collectors/targets';
import { openDatabase } from '../database/openDatabase';
import { Adopter } from '../definitions/Adopter';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { SeenSnapshots } from '../entities/applySnapshots';
import { EntityStore } from '../entities/EntityStore';
import { markChanges } from '../entities/markChanges';
import { TrackedEntity } from '../entities/tables';
import { FactIntake } from '../intake/FactIntake';
import { CompiledFactSources } from '../intake/sources';
import { LocalEvaluator } from '../results/evaluation/Evaluator';
import { ResultEngine } from '../results/ResultEngine';
import { DUE } from '../results/tables';
import { RollupFolder } from '../rollups';
import { collectOnce } from './collectOnce';
import { MovedClock } from './MovedClock';
import { ReplayedHistory } from './ReplayedHistory';

/** What a {@link HistoryReplay} needs. */
export interface HistoryReplayOptions {
  /** Of the plugin, with no history. */
  database: DatabaseService;
  logger: LoggerService;
  auth: AuthService;
  /** First instant of the history. */
  from: Date;
}

/** Facts of one source, by ref of the entity. */
export type FactsByRef = ReadonlyMap<string, CollectedFact>;

/**
 * The engine of the plugin over a clock that somebody moves, for a history that was not lived through: every part writes as
 * it does in a portal, and the end of it is on record as replayed.
 */
export class HistoryReplay {
  readonly #options: HistoryReplayOptions & { knex: Knex; ledger: Ledger };
  readonly #clock: MovedClock;
  readonly #definitions: DefinitionStore;
  readonly #entities: EntityStore;
  readonly #intake: FactIntake;
  readonly #adopter: Adopter;
  readonly #engine: ResultEngine;
  readonly #catalog: CatalogCollector;
  readonly #sources: CompiledFactSources;
  #defined: Entity[] = [];
  #living: TrackedEntity[] | undefined;

  static async begin(options: HistoryReplayOptions): Promise<HistoryReplay> {
    const knex = await openDatabase(options.database);
    const ledger = await Ledger.create(options);
    return new HistoryReplay({ ...options, knex, ledger });
  }

  private constructor(
    options: HistoryReplayOptions & { knex: Knex; ledger: Ledger },
  ) {
    const { knex, ledger, from, auth } = options;
    this.#options = options;
    this.#clock = MovedClock.at(from);
    this.#definitions = DefinitionStore.of(knex);
    this.#entities = EntityStore.of(knex);
    const base = {
      ...options,
      clock: this.#clock,
      definitions: this.#definitions,
      entities: this.#entities,
    };
    this.#sources = CompiledFactSources.create(this.#definitions);
    this.#intake = FactIntake.create(base);
    this.#adopter = Adopter.create({
      ...base,
      catalog: { streamEntities: () => onePage(this.#defined) },
      ledger: {
        append: (tx, { type, record }, at) =>
          ledger.append(
            tx,
            { type, record: { ...(record as object), demo: true } },
            at,
          ),
      },
    });
    this.#engine = ResultEngine.create({
      ...base,
      evaluator: LocalEvaluator.create(),
    });
    this.#catalog = CatalogCollector.create({
      knex,
      auth,
      problems: { list: async () => [] },
    });
  }

  get now(): Date {
    return this.#clock.now();
  }

  /** @throws RangeError when the instant is before what is written already */
  moveTo(instant: Date): void {
    this.#clock.moveTo(instant);
  }

  /** The catalog changes. */
  async see(seen: SeenSnapshots): Promise<void> {
    const { knex } = this.#options;
    await transact(knex, async tx => {
      const changes = await this.#entities.apply(tx, seen, this.now);
      await markChanges(tx, changes, { now: this.now, isBulk: true });
    });
    this.#living = undefined;
  }

  /**
   * The catalog shows these definitions, and no others.
   *
   * @throws Error when one of them is refused
   */
  async define(definitions: Entity[]): Promise<void> {
    this.#defined = definitions;
    await this.#adopter.runOnce();
    const [refusal] = await this.#definitions.refusals();
    if (refusal) {
      const [{ path, reason }] = refusal.problems;
      throw new Error(`${refusal.ref} cannot be adopted: ${path}: ${reason}`);
    }
  }

  /** What entities say of themselves now, as the collector of the catalog sees it. */
  async readCatalog(): Promise<FactsByRef> {
    const applying = await this.#applying(this.#catalog.id);
    return collectOnce(this.#catalog, applying.map(toCollected), this.now);
  }

  /** For how many milliseconds facts of a source are believed; undefined where there is no such source. */
  async freshFor(source: string): Promise<number | undefined> {
    return (await this.#sources.byId()).get(source)?.freshUntil(0);
  }

  /** A collector sees facts of the source of its name. */
  async report(collector: string, facts: FactsByRef): Promise<void> {
    const applying = await this.#applying(collector);
    const observed = applying.flatMap(({ ref }) => {
      const fact = facts.get(ref);
      return fact
        ? {
            entityRef: ref,
            source: collector,
            payload: fact.payload,
            observedAt: this.now,
            ...(fact.url !== undefined && { url: fact.url }),
            ...(fact.commit !== undefined && { commit: fact.commit }),
          }
        : [];
    });
    await this.#intake.write(observed, { kind: 'collector', id: collector });
  }

  /** Has evaluated what has changed, and what is due by time. */
  async evaluate(): Promise<void> {
    await this.#engine.runOnce();
  }

  /** When results may change by themselves next; undefined where none does. */
  async nextDue(): Promise<Date | undefined> {
    const row = await this.#options.knex(DUE).min({ at: 'at' }).first();
    return row?.at === null ? undefined : new Date(Number(row!.at));
  }

  /** Ends the history: nothing of it is left to be done, and it is on record that it was replayed. */
  async end(): Promise<void> {
    const { knex, ledger, logger, from } = this.#options;
    const folder = RollupFolder.create({ knex, logger });
    while ((await folder.runOnce()) > 0);
    await transact(knex, async tx => {
      const record = {
        demo: true,
        from: from.toISOString(),
        to: this.now.toISOString(),
      };
      await ledger.append(tx, { type: 'history.replayed', record }, this.now);
    });
    while ((await ledger.integrate()) > 0);
    await ReplayedHistory.of(knex).record({ from, to: this.now });
  }

  /** Entities to which the source of a collector applies. */
  async #applying(source: string): Promise<TrackedEntity[]> {
    const applied = (await this.#sources.byId()).get(source);
    if (!applied) throw new Error(`There is no fact source ${source}`);
    this.#living ??= await this.#readLiving();
    return this.#living.filter(({ entity }) => applied.appliesTo(entity));
  }

  async #readLiving(): Promise<TrackedEntity[]> {
    const found: TrackedEntity[] = [];
    for await (const page of this.#entities.living()) found.push(...page);
    return found;
  }
}

async function* onePage(entities: Entity[]) {
  yield entities;
}
