import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { unpackResults } from '@waymark/scorecards-common';
import { EntitySnapshotsService } from '@waymark/waymark-node';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { aSnapshot } from '../../__testUtils__/aSnapshot';
import { TestFeed } from '../../__testUtils__/TestFeed';
import { EntityStore } from '../../entities/EntityStore';
import { SnapshotFollower } from '../../entities/SnapshotFollower';
import {
  approve,
  expire,
  request,
  revoke,
  stateAt,
} from '../../exemptions/core/decide';
import { Exemption } from '../../exemptions/core/Exemption';
import {
  ExemptionStore,
  StoredExemption,
} from '../../exemptions/ExemptionStore';
import { EXEMPTIONS, OPEN } from '../../exemptions/tables';
import { FactIntake } from '../../intake/FactIntake';
import { OutageStore } from '../../outages/OutageStore';
import { markDirty } from '../dirty';
import { LocalEvaluator } from '../evaluation/Evaluator';
import { ResultEngine } from '../ResultEngine';
import { ResultReader } from '../ResultReader';
import {
  ModelDefinitions,
  ModelResult,
  NaiveModel,
  SOURCE_IDS,
} from './NaiveModel';
import { NAMES, Step } from './steps';
import { aFactSource, aScorecard, TestDefinitions } from './TestDefinitions';

const HOUR = 3_600_000;

const SCHEMA = {
  flag: { type: 'boolean' },
  count: { type: 'integer' },
  at: { type: 'string', format: 'date-time' },
};

/** The parts of the portal from the catalog's feed to results, with a model beside them that is told the same. */
export class ModelledPortal {
  readonly #clock = ManualClock.at('2026-03-01T00:00:00Z');
  readonly #model = new NaiveModel();
  readonly #feed = new TestFeed();
  readonly #inForce = new TestDefinitions();
  #definitions!: ModelDefinitions;
  readonly #said = new Map<number, unknown[]>();
  readonly #comparisons: { stored: unknown[]; expected: unknown[] }[] = [];
  readonly #entityIds = new Set<number>();

  /** @param knex - with the tables of the plugin */
  static on(knex: Knex): ModelledPortal {
    return new ModelledPortal(knex);
  }

  private constructor(readonly knex: Knex) {}

  async do(some: Step): Promise<void> {
    switch (some.do) {
      case 'observe':
        return this.#observe(some);
      case 'advance':
        this.#clock.advance({ milliseconds: some.millis });
        return undefined;
      case 'outage':
        return this.#outage(some);
      case 'describe': {
        const { type, team } = some;
        const ownerPath = [`group:default/${team}`, 'group:default/all'];
        const system = `system:default/${team}`;
        const domain = 'domain:default/all';
        this.#feed.see(
          aSnapshot(some.name, { type, ownerPath, system, domain }),
        );
        return this.#follow();
      }
      case 'exempt':
        return this.#exempt(some);
      case 'revoke':
        return this.#revokeAll();
      case 'delete':
        if (await this.#entity(some.name)) {
          this.#feed.lose(`component:default/${some.name}`);
        }
        return this.#follow();
      case 'define':
        return this.define(some.definitions);
      default:
        return this.run(some.replicas);
    }
  }

  async define(next: ModelDefinitions): Promise<void> {
    this.#definitions = next;
    this.#inForce.set({
      scorecards: Object.fromEntries(
        next.scorecards.map(({ name: called, servicesOnly, checks }) => [
          called,
          aScorecard(
            checks.map(({ when, warn, ...rest }) => ({
              ...rest,
              rule: rest.rule.text,
              ...(when && { when: when.text }),
              ...(warn && { warn: warn.text }),
            })),
            servicesOnly
              ? { appliesTo: { kind: 'component', 'spec.type': 'service' } }
              : {},
          ),
        ]),
      ),
      factSources: Object.fromEntries(
        SOURCE_IDS.map(id => [
          id,
          aFactSource(SCHEMA, {
            staleAfter: next.staleAfter[id],
            writers: [{ collector: 'test' }],
          }),
        ]),
      ),
    });
    await this.knex.transaction(tx =>
      markDirty(
        tx,
        { entityIds: 'all', cause: 'definition' },
        this.#clock.now(),
      ),
    );
  }

  /** Has replicas evaluate at the same time, and the model too. */
  async run(replicas: number): Promise<void> {
    await Promise.all(
      Array.from({ length: replicas }, () => this.#engine().runOnce()),
    );
    const living = await EntityStore.of(this.knex).byRefs(
      NAMES.map(called => `component:default/${called}`),
    );
    const now = this.#clock.now();
    const expected = this.#model.evaluate(
      this.#definitions,
      living.map(({ id, type, system, domain }) => ({
        ...{ id, system, domain },
        type: type!,
      })),
      now.getTime(),
    );
    living.forEach(({ id }) => this.#entityIds.add(id));
    this.#said.set(now.getTime(), plain(expected));
    this.#comparisons.push({
      stored: await this.stored(),
      expected: plain(expected),
    });
  }

  /** What was stored after each run, and what the model expected. */
  get comparisons(): readonly { stored: unknown[]; expected: unknown[] }[] {
    return this.#comparisons;
  }

  /** By instant of a run, in ms since 1970: what the model expected then. */
  get said(): ReadonlyMap<number, unknown[]> {
    return this.#said;
  }

  #engine(): ResultEngine {
    return ResultEngine.create({
      knex: this.knex,
      clock: this.#clock,
      logger: mockServices.logger.mock(),
      definitions: this.#inForce,
      evaluator: LocalEvaluator.create(),
    });
  }

  /** What is stored, or was at an instant, in the form of the model. */
  async stored(asOf?: Date): Promise<unknown[]> {
    const rows = await ResultReader.of(this.knex).current(
      [...this.#entityIds],
      { asOf },
    );
    return rows.map(
      ({ entityId, scorecard: card, results, level, points, confidence }) => [
        ...[entityId, card, unpackResults(results)],
        ...[level, points, confidence],
      ],
    );
  }

  async #entity(called: string) {
    const ref = `component:default/${called}`;
    return (await EntityStore.of(this.knex).byRefs([ref]))[0];
  }

  async #observe(some: Extract<Step, { do: 'observe' }>): Promise<void> {
    const entity = await this.#entity(some.name);
    if (!entity) return;
    const now = this.#clock.now().getTime();
    const payload = {
      flag: some.flag,
      count: some.count,
      at: new Date(now - some.pushedHoursAgo * HOUR).toISOString(),
    };
    const observedAt = now - some.hoursAgo * HOUR;
    await FactIntake.create({
      knex: this.knex,
      definitions: this.#inForce,
      entities: EntityStore.of(this.knex),
      clock: this.#clock,
    }).write(
      [
        {
          entityRef: entity.ref,
          source: some.source,
          payload,
          observedAt: new Date(observedAt),
        },
      ],
      { kind: 'collector', id: 'test' },
    );
    this.#model.observe(entity.id, some.source, payload, observedAt);
  }

  async #outage(some: Extract<Step, { do: 'outage' }>): Promise<void> {
    const entity = some.name === null ? null : await this.#entity(some.name);
    if (entity === undefined) return;
    const scope = {
      source: some.source,
      ...(entity && { entityId: entity.id }),
    };
    const store = OutageStore.of(this.knex);
    await this.knex.transaction(tx =>
      some.lasts
        ? store.begin(tx, [{ ...scope, error: 'down' }], this.#clock.now())
        : store.end(tx, [scope], this.#clock.now()),
    );
    this.#model.setOutage(some.source, entity?.id, some.lasts);
  }

  async #exempt(some: Extract<Step, { do: 'exempt' }>): Promise<void> {
    const { of, scorecard, check, hours } = some;
    const [kind] = Object.keys(of) as ('name' | 'system' | 'domain')[];
    const [name] = Object.values(of) as string[];
    const ref = `${kind === 'name' ? 'component' : kind}:default/${name}`;
    if (kind !== 'name') {
      this.#feed.see(aSnapshot(name, { kind, uid: ref, type: undefined }));
      await this.#follow();
    }
    const [entity] = await EntityStore.of(this.knex).byRefs([ref]);
    if (!entity) return;
    const now = this.#clock.now().getTime();
    const until = now + hours * HOUR;
    await this.#expireAll();
    const isOpen = await this.knex(OPEN)
      .where({ entity_id: entity.id, scorecard, check_id: check })
      .first();
    if (isOpen) return;
    const group = 'group:default/platform';
    const requested = request({
      ...{ id: randomUUID(), scorecard, check },
      kind: kind === 'name' ? 'entities' : kind,
      subjects: [{ entityId: entity.id, ref }],
      ...{ reason: '-', compensatingControl: '-', plan: '-', owner: group },
      requestedBy: 'user:default/ann',
      requestedAt: now,
      expiresAt: until,
      approvals: [{ group, because: 'owner' }],
    });
    const groups = new Map([[group, { delegate: false }]]);
    const approver = { by: 'user:default/bob', groups };
    await this.#write(undefined, approve(requested, approver, { at: now }));
    this.#model.exempt({
      of: kind === 'name' ? { id: entity.id } : ({ [kind]: ref } as never),
      ...{ scorecard, check, until },
    });
  }

  async #expireAll(): Promise<void> {
    const at = this.#clock.now().getTime();
    for (const stored of await this.#exemptions()) {
      const { exemption } = stored;
      if (exemption.state !== stateAt(exemption, at)) {
        await this.#write(stored, expire(exemption, at));
      }
    }
  }

  async #revokeAll(): Promise<void> {
    const at = this.#clock.now().getTime();
    for (const stored of await this.#exemptions()) {
      if (stateAt(stored.exemption, at) === 'approved') {
        await this.#write(stored, revoke(stored.exemption, { by: null, at }));
      }
    }
    this.#model.revokeAll();
  }

  async #exemptions(): Promise<StoredExemption[]> {
    const numbers: number[] = await this.knex(EXEMPTIONS).pluck('number');
    return ExemptionStore.of(this.knex).byNumbers(numbers);
  }

  async #write(
    before: StoredExemption | undefined,
    after: Exemption,
  ): Promise<void> {
    const ledger = { append: async () => {} };
    await this.knex.transaction(tx =>
      ExemptionStore.of(tx).write(tx, before, after, {
        ledger,
        now: this.#clock.now(),
      }),
    );
  }

  async #follow(): Promise<void> {
    const logger = mockServices.logger.mock();
    await SnapshotFollower.create({
      knex: this.knex,
      clock: this.#clock,
      logger,
      auth: mockServices.auth(),
      snapshots: this.#feed as unknown as EntitySnapshotsService,
      events: DefaultEventsService.create({ logger }),
    }).runOnce();
  }
}

const TEN_THOUSANDTHS = 10_000;
const stored = (share: number | undefined) =>
  share === undefined ? undefined : Math.round(share * TEN_THOUSANDTHS);

/** What is expected, in the form and order of what is stored. */
function plain(expected: Map<number, ModelResult[]>) {
  return [...expected]
    .sort(([a], [b]) => a - b)
    .flatMap(([entityId, results]) =>
      [...results]
        .sort((a, b) => (a.scorecard < b.scorecard ? -1 : 1))
        .map(result => [
          ...[entityId, result.scorecard, result.results],
          ...[result.level, stored(result.points), stored(result.confidence)],
        ]),
    );
}
