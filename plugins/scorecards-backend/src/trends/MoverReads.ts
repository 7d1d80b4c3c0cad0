import {
  Cause,
  EntityMove,
  Movers,
  OwnerMove,
  Standing,
} from '@waymark/scorecards-common';
import { chunks, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { Adopted } from '../definitions/tables';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { PLACEMENT_KEYS } from '../entities/placements';
import { isAmong } from '../database/lists';
import { DefinitionsOfResults } from '../reads/DefinitionsOfResults';
import { presentSummary } from '../reads/present';
import { EntityReader } from '../reads/ReadableEntities';
import { RollupReads, shapeOf } from '../reads/RollupReads';
import { ResultReader } from '../results/ResultReader';
import { Tally } from '../rollups/Tally';
import { OwnerMovement, ownerMovements } from './ownerMoves';
import { KeptWalks } from './KeptWalks';
import { settledUntil } from './settledUntil';
import {
  byWeight,
  causesOf,
  directionOf,
  isMove,
  Movement,
  Walk,
} from './walk';

const TEN_THOUSANDTHS = 10_000;
const CHUNK = 500;

/** Of scorecards and instants. */
const MOST_COUNTS = 50;
/** So that what is counted anew is shown at last. */
const COUNTS_MS = 600_000;

type Scorecard = Adopted<'Scorecard'>;
type Counts = ReadonlyMap<string, Tally>;
type OfScorecard = {
  walks: readonly Walk[];
  groups: readonly OwnerMovement[];
};
type CountsQuery = Parameters<RollupReads['counts']>[0];
type Moved<M> = { scorecard: Scorecard; move: M };

/** Owners are compared by their means, whatever levels a few entities have. */
const byPoints = {
  direction: ({ points, levels }: Movement) =>
    Math.sign(points) || Math.sign(levels),
  order: (one: Movement, other: Movement) =>
    Math.abs(other.points) - Math.abs(one.points) || byWeight(one, other),
};

/** Which entities and owners have moved most, and why. */
export class MoverReads {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #entities: EntityStore;
  readonly #results: ResultReader;
  readonly #definitions: DefinitionStore;
  readonly #rollups: RollupReads;
  readonly #walks: KeptWalks;
  readonly #known = new WeakMap<readonly Walk[], OfScorecard>();
  readonly #kept = new LRUCache<string, Counts>({
    max: MOST_COUNTS,
    ttl: COUNTS_MS,
  });

  static create(options: {
    knex: Knex;
    clock: Clock;
    entities: EntityStore;
    results: ResultReader;
    definitions: DefinitionStore;
    rollups: RollupReads;
  }): MoverReads {
    return new MoverReads(options);
  }

  private constructor(options: Parameters<typeof MoverReads.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#entities = options.entities;
    this.#results = options.results;
    this.#definitions = options.definitions;
    this.#rollups = options.rollups;
    this.#walks = KeptWalks.of(options.knex);
  }

  /**
   * @param scorecards - in force
   * @param readable - of the past; whoever may not read all entities is told of those only that he may
   */
  async movers(
    scorecards: readonly Scorecard[],
    { since, limit }: { since: Date; limit: number },
    readable: EntityReader,
  ): Promise<Pick<Movers, 'since' | 'asOf' | 'entities' | 'owners'>> {
    const asOf = this.#clock.now().toISOString();
    const entities: Moved<Walk>[] = [];
    const owners: Moved<OwnerMovement>[] = [];
    for (const scorecard of scorecards) {
      const { walks, groups } = await this.#of(scorecard, since, readable);
      entities.push(...walks.filter(isMove).map(move => ({ scorecard, move })));
      owners.push(...groups.map(move => ({ scorecard, move })));
    }
    const [up, down] = [1, -1].map(direction =>
      largest(entities, direction, limit),
    );
    const shown = await this.#present([...up, ...down], since);
    const ofOwners = (direction: number) =>
      largest<OwnerMovement>(owners, direction, limit, byPoints).map(
        presentOwner,
      );
    return {
      since: since.toISOString(),
      asOf,
      entities: {
        up: shown.slice(0, up.length),
        down: shown.slice(up.length),
      },
      owners: { up: ofOwners(1), down: ofOwners(-1) },
    };
  }

  async #of(
    scorecard: Scorecard,
    since: Date,
    readable: EntityReader,
  ): Promise<OfScorecard> {
    const { name, spec } = scorecard;
    const all = await this.#walks.read(name, shapeOf(spec), since);
    if (!readable.all) {
      const walks = await this.#readable(all, since, readable);
      return this.#moved(scorecard, walks, since, readable);
    }
    // Nothing has been said since.
    const known = this.#known.get(all);
    if (known) return known;
    const moved = await this.#moved(scorecard, all, since, readable);
    this.#known.set(all, moved);
    return moved;
  }

  async #moved(
    { name, spec }: Scorecard,
    walks: readonly Walk[],
    since: Date,
    readable: EntityReader,
  ): Promise<OfScorecard> {
    const shape = shapeOf(spec);
    if (walks.length === 0) return { walks, groups: [] };
    const query = { scorecard: name, shape };
    const [owners, then, now] = await Promise.all([
      this.#owners(walks),
      this.#countsAt({ ...query, asOf: since }, readable),
      this.#counts(query, readable),
    ]);
    const groups = ownerMovements(
      walks,
      placementId => owners.get(placementId) ?? [],
      then,
      now,
    );
    return { walks, groups };
  }

  async #counts(query: CountsQuery, readable: EntityReader): Promise<Counts> {
    const read = await this.#rollups.counts(query, readable);
    return (await read('owner')).rows;
  }

  /** Of an instant that is past for good, counted once for all who may read all entities. */
  async #countsAt(
    query: CountsQuery & { asOf: Date },
    readable: EntityReader,
  ): Promise<Counts> {
    const isSettled = query.asOf.getTime() < settledUntil(this.#clock);
    if (!readable.all || !isSettled) return this.#counts(query, readable);
    const id = JSON.stringify(query);
    const known = this.#kept.get(id);
    if (known) return known;
    const counts = await this.#counts(query, readable);
    this.#kept.set(id, counts);
    return counts;
  }

  async #readable(
    walks: readonly Walk[],
    since: Date,
    readable: EntityReader,
  ): Promise<Walk[]> {
    const ids = walks.map(({ from }) => from.entityId);
    const open = new Set<number>();
    for (const some of chunks(ids, CHUNK)) {
      const described = await this.#entities.byIds(some, since);
      const found = await readable.only(described, entity => entity);
      found.forEach(({ id }) => open.add(id));
    }
    return walks.filter(({ from }) => open.has(from.entityId));
  }

  /** The owners, and the groups above them, by placement. */
  async #owners(walks: readonly Walk[]): Promise<Map<number, string[]>> {
    const placements = walks.flatMap(({ from, to }) => [
      from.placementId,
      to.placementId,
    ]);
    const rows: { placement_id: number; key: string }[] = await this.#knex(
      PLACEMENT_KEYS,
    )
      .where({ dimension: 'owner' })
      .where(
        isAmong(this.#knex, 'placement_id', [...new Set(placements)]) as never,
      );
    const owners = new Map<number, string[]>();
    for (const { placement_id, key } of rows) {
      owners.set(placement_id, [...(owners.get(placement_id) ?? []), key]);
    }
    return owners;
  }

  async #present(
    moved: readonly Moved<Walk>[],
    since: Date,
  ): Promise<EntityMove[]> {
    const results = await this.#results.bySeq(
      moved.flatMap(({ move: { from, to } }) => [from.seq, to.seq]),
    );
    const [then, now] = await Promise.all(
      [since, undefined].map(asOf =>
        DefinitionsOfResults.read(
          this.#definitions,
          [...results.values()],
          asOf,
        ),
      ),
    );
    const described = await this.#entities.byIds(
      moved.map(({ move }) => move.to.entityId),
    );
    const byId = new Map(described.map(entity => [entity.id, entity]));
    const standing = (
      seq: number,
      versions: DefinitionsOfResults,
    ): Standing => {
      const result = results.get(seq)!;
      const { rated, level, levelTitle, rank, points, confidence } =
        presentSummary(result, versions.of(result));
      return { rated, level, levelTitle, rank, points, confidence };
    };
    return moved.map(({ scorecard, move }) => {
      const { ref, owner } = byId.get(move.to.entityId)!;
      return {
        ...presentMove(scorecard, move, directionOf(move)),
        entityRef: ref,
        ...(owner !== undefined && { owner }),
        from: standing(move.from.seq, then),
        to: standing(move.to.seq, now),
      };
    });
  }
}

function largest<M extends Movement>(
  moved: readonly Moved<M>[],
  direction: number,
  limit: number,
  by: { direction(move: M): number; order(one: M, other: M): number } = {
    direction: directionOf,
    order: byWeight,
  },
): Moved<M>[] {
  return moved
    .filter(({ move }) => by.direction(move) === direction)
    .sort((one, other) => by.order(one.move, other.move))
    .slice(0, limit);
}

const share = (points: number) => points / TEN_THOUSANDTHS;

function presentMove(
  { name, title }: Scorecard,
  move: Movement & { byCause: ReadonlyMap<Cause, Movement> },
  direction: number,
) {
  const causes = causesOf(move.byCause, direction);
  return {
    scorecard: name,
    title,
    levels: move.levels,
    points: share(move.points),
    cause: causes[0][0],
    causes: causes.map(([cause, { levels, points }]) => ({
      cause,
      levels,
      points: share(points),
    })),
  };
}

function presentOwner({ scorecard, move }: Moved<OwnerMovement>): OwnerMove {
  const standing = (tally: Tally) => ({
    entities: tally.entities,
    points: tally.meanPoints ?? null,
  });
  const { owner, risen, fallen, from, to } = move;
  return {
    ...presentMove(scorecard, move, byPoints.direction(move)),
    owner,
    risen,
    fallen,
    from: standing(from),
    to: standing(to),
  };
}
