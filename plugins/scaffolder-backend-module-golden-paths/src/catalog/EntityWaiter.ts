import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { AlphaEntity } from '@backstage/catalog-model/alpha';
import { ConflictError, CustomErrorBase } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Clock } from '@waymark/waymark-node';

/** The file that is to bring the entity. */
export interface DescribedBy {
  /** Page of the repository, without a slash at its end. */
  repositoryUrl: string;
  /** The address that discovery gives the file. */
  fileUrl: string;
  /** Tells the catalog of the file once more. */
  nudge(): Promise<void>;
}

/** The catalog did not show an entity in time. */
export class EntityTimeoutError extends CustomErrorBase {
  name = 'EntityTimeoutError' as const;
}

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5_000;
/** Longer than a webhook takes: what is not there by then was not announced. */
const NUDGE_AFTER_MILLIS = 10_000;

/** Waits until the catalog shows an entity, and explains why it does not. */
export class EntityWaiter {
  readonly #catalog: CatalogService;
  readonly #clock: Clock;

  static create(options: {
    catalog: CatalogService;
    clock: Clock;
  }): EntityWaiter {
    return new EntityWaiter(options.catalog, options.clock);
  }

  private constructor(catalog: CatalogService, clock: Clock) {
    this.#catalog = catalog;
    this.#clock = clock;
  }

  /**
   * @throws EntityTimeoutError that says what to look at
   * @throws ConflictError when another repository describes an entity of that name
   */
  async wait(options: {
    entityRef: string;
    describedBy?: DescribedBy;
    timeoutSeconds: number;
    credentials: BackstageCredentials;
    logger: LoggerService;
    signal?: AbortSignal;
  }): Promise<Entity> {
    const { entityRef, describedBy, credentials, logger, signal } = options;
    const start = this.#clock.now().getTime();
    let pause = FIRST_PAUSE_MILLIS;
    let nudged = false;
    let shown: string | undefined;
    for (;;) {
      const entity = await this.#catalog.getEntityByRef(entityRef, {
        credentials,
      });
      if (entity) {
        requireOrigin(entity, entityRef, describedBy);
        return entity;
      }
      const problem =
        describedBy && (await this.#problemOf(describedBy, credentials));
      if (problem && problem !== shown) {
        logger.warn(problem);
        shown = problem;
      }
      const waited = this.#clock.now().getTime() - start;
      if (waited >= options.timeoutSeconds * 1_000) {
        throw new EntityTimeoutError(
          explain(entityRef, options.timeoutSeconds, describedBy, problem),
        );
      }
      if (describedBy && !nudged && waited >= NUDGE_AFTER_MILLIS) {
        nudged = true;
        logger.info('No webhook seems to have come: telling the catalog again');
        await describedBy.nudge();
      }
      await sleep(pause, undefined, { signal });
      pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLIS);
    }
  }

  /** What the catalog has against the file; undefined when it has not complained. */
  async #problemOf(
    { fileUrl }: DescribedBy,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const { items } = await this.#catalog.queryEntities(
      { filter: { kind: 'location', 'spec.target': fileUrl }, limit: 1 },
      { credentials },
    );
    const errors = items.flatMap(location =>
      ((location as AlphaEntity).status?.items ?? []).flatMap(
        ({ level, message }) => (level === 'error' ? [message] : []),
      ),
    );
    return errors.length > 0
      ? `The catalog cannot use ${fileUrl}: ${[...new Set(errors)].join('; ')}`
      : undefined;
  }
}

function requireOrigin(
  entity: Entity,
  entityRef: string,
  describedBy: DescribedBy | undefined,
): void {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!describedBy || !location) {
    return;
  }
  const { target } = parseLocationRef(location);
  if (!target.startsWith(`${describedBy.repositoryUrl}/`)) {
    throw new ConflictError(
      `${entityRef} is described by ${target}, not by ${describedBy.fileUrl}: two repositories claim one name, and the catalog keeps the first`,
    );
  }
}

function explain(
  entityRef: string,
  seconds: number,
  describedBy: DescribedBy | undefined,
  problem: string | undefined,
): string {
  const late = `${entityRef} did not appear in the catalog within ${seconds} s.`;
  if (problem) {
    return `${late} ${problem}`;
  }
  return describedBy
    ? `${late} The catalog has no complaint about ${describedBy.fileUrl}: look whether that file exists and describes it, whether a provider below catalog.providers.github reads that repository, and whether the webhook of the forge reaches the portal. It may still come with the next scheduled read.`
    : `${late} Look for errors of its location on the catalog's pages, and whether discovery (catalog.providers) reads its repository.`;
}
