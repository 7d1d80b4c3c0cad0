import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { EntityStore } from '../entities/EntityStore';
import { TrackedEntity } from '../entities/tables';
import { ReadableEntities } from '../reads/ReadableEntities';
import { ScoreReads } from '../reads/ScoreReads';
import { BadgeScore } from './drawBadge';

/** Whose badge, of which scorecard. */
export interface BadgeRequest {
  ref: string;
  scorecard: string;
}

/** What badges say, to whom. */
export class Badges {
  readonly #options: Parameters<typeof Badges.create>[0];

  static create(options: {
    entities: EntityStore;
    readable: ReadableEntities;
    scores: ScoreReads;
  }): Badges {
    return new Badges(options);
  }

  private constructor(options: Parameters<typeof Badges.create>[0]) {
    this.#options = options;
  }

  /** @throws NotFoundError when there is no such entity, or it may not be read */
  async forReader(
    { ref, scorecard }: BadgeRequest,
    credentials: BackstageCredentials,
  ): Promise<BadgeScore | undefined> {
    const entity = await this.#options.readable.one(ref, credentials);
    return this.#scoreOf(entity, scorecard);
  }

  /**
   * Undefined for what is not there, as for what is not for everybody.
   *
   * @param isOpen - whether everybody may know about an entity
   */
  async forAnybody(
    { ref, scorecard }: BadgeRequest,
    isOpen: (entity: object) => boolean,
  ): Promise<BadgeScore | undefined> {
    const [entity] = await this.#options.entities.byRefs([ref]);
    return entity && isOpen(entity.entity)
      ? this.#scoreOf(entity, scorecard)
      : undefined;
  }

  async #scoreOf(
    entity: TrackedEntity,
    scorecard: string,
  ): Promise<BadgeScore | undefined> {
    const [{ scorecards }] = await this.#options.scores.scores([entity]);
    return scorecards.find(score => score.scorecard === scorecard);
  }
}
