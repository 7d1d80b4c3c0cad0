import {
  Cause,
  CheckScore,
  EntityScores,
  LadderPath,
  LadderSpec,
  levelsBetween,
  movesBetween,
  pathOf,
  ScoreMove,
} from '@waymark/scorecards-common';
import { Section } from './Section';

const DAY_MILLIS = 86_400_000;
/** Exemptions that end so soon are told of. */
export const EXPIRES_WITHIN_DAYS = 14;

/** A level that was gained or lost. */
export interface LevelMove {
  entityRef: string;
  /** Title. */
  scorecard: string;
  /** Titles; undefined for none. */
  from?: string;
  to?: string;
  levels: number;
  cause: Cause;
}

/** A check of an entity. */
export interface EntityCheck {
  entityRef: string;
  /** Titles. */
  scorecard: string;
  check: string;
  weight: number;
}

/** An exemption that ends soon. */
export interface Expiry extends EntityCheck {
  at: Date;
}

/** What leads to a higher level. */
export interface WayUp extends LadderPath {
  entityRef: string;
  /** Title. */
  scorecard: string;
}

/** What the entities of an owner say at the beginning and the end of a week. */
export interface WeekOfEntities {
  before: readonly EntityScores[];
  after: readonly EntityScores[];
  /** What has moved a level most. */
  causeOf: (move: ScoreMove) => Cause;
  /** Of a scorecard by its name, at the end. */
  specOf: (scorecard: string) => LadderSpec | undefined;
}

type Side = CheckScore['state'] | null;
const isMet = (state: Side) => state === 'pass' || state === 'warn';
/** Of checks that are new, only what is missing is news. */
const COUNTED_BEFORE: ReadonlySet<Side> = new Set([
  'fail',
  'unknown',
  'exempt',
  'upcoming',
]);

const byName = (one: { entityRef: string }, other: { entityRef: string }) =>
  one.entityRef < other.entityRef ? -1 : 1;
const byWeight = (one: EntityCheck, other: EntityCheck) =>
  other.weight - one.weight || byName(one, other);
const byLevels = (one: LevelMove, other: LevelMove) =>
  Math.abs(other.levels) - Math.abs(one.levels) || byName(one, other);

/** What there is to tell an owner of a week: told piece by piece, and as small however much the owner has. */
export class OwnerWeek {
  readonly until: Date;
  readonly lost = Section.by(byLevels);
  readonly gained = Section.by(byLevels);
  readonly failing = Section.by(byWeight);
  readonly passing = Section.by(byWeight);
  readonly unknown = Section.by(byWeight);
  readonly expiring = Section.by(
    (one: Expiry, other: Expiry) =>
      one.at.getTime() - other.at.getTime() || byWeight(one, other),
  );
  readonly next = Section.by(
    (one: WayUp, other: WayUp) =>
      Math.sign(one.unestimated) - Math.sign(other.unestimated) ||
      one.effortMillis - other.effortMillis ||
      one.steps.length - other.steps.length ||
      byName(one, other),
  );
  #exempted = 0;
  #unknownNow = 0;

  /** @param until - the end of the week */
  static until(until: Date): OwnerWeek {
    return new OwnerWeek(until);
  }

  private constructor(until: Date) {
    this.until = until;
  }

  /** Checks that do not count now. */
  get debt(): { exempted: number; unknown: number } {
    return { exempted: this.#exempted, unknown: this.#unknownNow };
  }

  /** Whether it is worth anybody's time: what is still to be done is no news. */
  get isNews(): boolean {
    const { lost, gained, failing, passing, unknown, expiring } = this;
    return [lost, gained, failing, passing, unknown, expiring].some(
      ({ total }) => total > 0,
    );
  }

  add({ before, after, causeOf, specOf }: WeekOfEntities): void {
    for (const move of movesBetween(before, after)) {
      this.#addLevel(move, causeOf, specOf(move.after.scorecard));
      this.#addChecks(move);
    }
    for (const { entityRef, scorecards } of after) {
      for (const score of scorecards) {
        const of = { entityRef, scorecard: score.title };
        score.checks.forEach(check => this.#addStanding(of, check));
        const path = score.rated && pathOf(score, specOf(score.scorecard));
        if (path) this.next.add({ ...of, ...path });
      }
    }
  }

  #addLevel(
    move: ScoreMove,
    causeOf: WeekOfEntities['causeOf'],
    spec: LadderSpec | undefined,
  ): void {
    const { entityRef, before, after } = move;
    const levels = levelsBetween(move, spec);
    if (levels === 0) return;
    (levels < 0 ? this.lost : this.gained).add({
      entityRef,
      scorecard: after.title,
      from: before?.levelTitle ?? undefined,
      to: after.levelTitle ?? undefined,
      levels,
      cause: causeOf(move),
    });
  }

  #addChecks({ entityRef, after, checks }: ScoreMove): void {
    for (const { id, title, from, to } of checks) {
      const item = {
        ...{ entityRef, scorecard: after.title, check: title },
        weight: after.checks.find(check => check.id === id)?.weight ?? 0,
      };
      if (to === 'fail') this.failing.add(item);
      else if (to === 'unknown') this.unknown.add(item);
      else if (isMet(to) && COUNTED_BEFORE.has(from)) this.passing.add(item);
    }
  }

  #addStanding(
    of: Pick<EntityCheck, 'entityRef' | 'scorecard'>,
    { state, title, weight, exemptUntil }: CheckScore,
  ): void {
    if (state === 'unknown') this.#unknownNow += 1;
    if (state !== 'exempt') return;
    this.#exempted += 1;
    if (exemptUntil === undefined) return;
    const at = new Date(exemptUntil);
    const soon = this.until.getTime() + EXPIRES_WITHIN_DAYS * DAY_MILLIS;
    if (at.getTime() <= soon) {
      this.expiring.add({ ...of, check: title, weight, at });
    }
  }
}
