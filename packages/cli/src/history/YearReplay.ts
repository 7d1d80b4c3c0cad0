import { FactsByRef, HistoryReplay } from '@waymark/scorecards-backend/engine';
import { CollectedFact } from '@waymark/scorecards-node';
import { EntitySnapshot } from '@waymark/waymark-common';
import { DefinitionStep } from './pastDefinitions';
import { PastPush } from './RepositoryPast';

const CATALOG = 'catalog';
const GIT = 'git';
/** Facts are confirmed well before they would go stale, as collectors do. */
const EARLY = 0.8;

/** What is replayed. */
export interface Past {
  from: Date;
  to: Date;
  /** What was there from the beginning. */
  base: readonly EntitySnapshot[];
  pushes: readonly PastPush[];
  definitions: readonly DefinitionStep[];
  /** What collectors see of which there is no history, by id of the collector. */
  constant: ReadonlyMap<string, FactsByRef>;
}

/** Facts that stand, and when they have to be confirmed. */
interface Standing {
  facts: Map<string, CollectedFact>;
  next: number;
  everyMillis: number;
}

/** Has the engine live through a past, instant by instant. */
export class YearReplay {
  readonly #replay: HistoryReplay;
  readonly #past: Past;
  readonly #seen = new Set<string>();
  readonly #standing = new Map<string, Standing>();

  static async run(replay: HistoryReplay, past: Past): Promise<void> {
    await new YearReplay(replay, past).#run();
  }

  private constructor(replay: HistoryReplay, past: Past) {
    this.#replay = replay;
    this.#past = past;
  }

  async #run(): Promise<void> {
    const { base, from, to, pushes, definitions } = this.#past;
    const events = [
      ...definitions.map(step => ({ at: step.at, step })),
      ...pushes.map(push => ({ at: push.at, push })),
    ].sort((one, other) => one.at.getTime() - other.at.getTime());
    await this.#replay.see({ snapshots: [...base], deleted: [] });
    let next = 0;
    let instant = from.getTime();
    while (instant < to.getTime()) {
      this.#replay.moveTo(new Date(instant));
      const now: typeof events = [];
      while (next < events.length && events[next].at.getTime() <= instant) {
        now.push(events[next]);
        next += 1;
      }
      await this.#happen(
        now.flatMap(event => ('push' in event ? event.push : [])),
        now.flatMap(event => ('step' in event ? event.step : [])).at(-1),
      );
      await this.#confirmDue(instant);
      await this.#replay.evaluate();
      const upcoming = Math.min(
        events[next]?.at.getTime() ?? Infinity,
        (await this.#replay.nextDue())?.getTime() ?? Infinity,
        ...[...this.#standing.values()].map(standing => standing.next),
        to.getTime(),
      );
      // What could not be evaluated stays due; time goes on all the same.
      instant = Math.max(upcoming, this.#replay.now.getTime() + 1);
    }
    this.#replay.moveTo(to);
  }

  async #happen(
    pushes: PastPush[],
    step: DefinitionStep | undefined,
  ): Promise<void> {
    const snapshots = pushes.flatMap(push => push.snapshots);
    const deleted = pushes.flatMap(push => push.deleted);
    const hasMoved = snapshots.length + deleted.length > 0;
    if (hasMoved) await this.#see(snapshots, deleted);
    if (step) {
      // While they are still believed: the next version may believe them for a shorter time.
      await this.#confirmAll();
      await this.#replay.define(step.definitions);
      await this.#schedule();
    }
    if (hasMoved || step) {
      await this.#say(CATALOG, await this.#replay.readCatalog());
    }
    const facts = new Map(pushes.flatMap(push => [...push.facts]));
    if (facts.size > 0) await this.#say(GIT, facts);
  }

  /** What changes an entity is looked at before what its repository says, as in a portal, so that each has its own cause. */
  async #see(snapshots: EntitySnapshot[], deleted: string[]): Promise<void> {
    const changed = snapshots.filter(({ ref }) => this.#seen.has(ref));
    if (changed.length > 0) {
      await this.#replay.see({ snapshots: changed, deleted: [] });
      await this.#replay.evaluate();
      this.#replay.moveTo(new Date(this.#replay.now.getTime() + 1));
    }
    await this.#replay.see({ snapshots, deleted });
    snapshots.forEach(({ ref }) => this.#seen.add(ref));
    deleted.forEach(ref => this.#seen.delete(ref));
  }

  /** Collectors begin once there is a source for them, and go by what it says then. */
  async #schedule(): Promise<void> {
    const { constant } = this.#past;
    for (const source of [CATALOG, GIT, ...constant.keys()]) {
      const freshFor = await this.#replay.freshFor(source);
      if (freshFor === undefined) continue;
      const everyMillis = freshFor * EARLY;
      const standing = this.#standing.get(source);
      const next = standing
        ? this.#replay.now.getTime() + everyMillis
        : -Infinity;
      const facts = standing?.facts ?? new Map(constant.get(source));
      this.#standing.set(source, { facts, everyMillis, next });
    }
  }

  async #say(source: string, facts: FactsByRef): Promise<void> {
    const standing = this.#standing.get(source);
    if (!standing) return;
    for (const [ref, fact] of facts) standing.facts.set(ref, fact);
    await this.#replay.report(source, facts);
  }

  async #confirmAll(): Promise<void> {
    for (const [source, { facts }] of this.#standing) {
      await this.#replay.report(source, facts);
    }
  }

  async #confirmDue(instant: number): Promise<void> {
    for (const [source, standing] of this.#standing) {
      if (standing.next > instant) continue;
      standing.next = instant + standing.everyMillis;
      await this.#replay.report(source, standing.facts);
    }
  }
}
