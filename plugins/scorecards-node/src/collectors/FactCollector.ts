import { JsonObject } from '@backstage/types';
import { EntitySnapshot, RepositoryName } from '@waymark/waymark-common';
import { HostGate } from '../hosts/HostGate';

/**
 * An entity as collectors see it.
 * @public
 */
export type CollectedEntity = Pick<
  EntitySnapshot,
  | 'ref'
  | 'uid'
  | 'kind'
  | 'type'
  | 'lifecycle'
  | 'owner'
  | 'ownerPath'
  | 'system'
  | 'domain'
  | 'source'
  | 'entity'
>;

/**
 * What is asked together: one repository, for example, however many entities it describes.
 * @public
 */
export interface CollectorPartition {
  /** Unique within the collector, at most 255 characters. */
  key: string;
  /** The host that is asked, with port if any; absent where nothing is asked over the network. */
  host?: string;
  /**
   * Whose credentials are used, where a host has several, such as an organization with an app of its own; the host when
   * absent. When one of them is refused, the others may still be known.
   */
  account?: string;
}

/**
 * A fact as it was collected last and still stands. A collector that learns that nothing has changed reports it again.
 * @public
 */
export interface PreviousFact {
  payload: JsonObject;
  observedAt: Date;
  url?: string;
  commit?: string;
}

/**
 * An entity to collect facts about.
 * @public
 */
export interface CollectTarget extends CollectedEntity {
  /** The facts in force, by id of their source. */
  previous: ReadonlyMap<string, PreviousFact>;
}

/**
 * What a collector has seen.
 * @public
 */
export interface CollectedFact {
  /** Id of the fact source; may be left out by collectors of one source. */
  source?: string;
  /** Must satisfy the schema of the fact source, or the entity counts as failed. */
  payload: JsonObject;
  /** When it was seen; the beginning of the run when absent. */
  observedAt?: Date;
  /** Where a person can look at it. */
  url?: string;
  commit?: string;
  /**
   * Refs of other entities that the payload was made of, such as a group whose members were counted: when one of them
   * comes, goes or changes, when somebody joins or leaves a group among them, the entity is collected anew. Collectors that
   * look at one entity only need not say so; a change of the entity itself is always followed.
   */
  dependsOn?: readonly string[];
}

/**
 * The file `.waymark/facts.yaml` of a repository, in which its people state what nothing else can tell.
 * @public
 */
export type FoundAttestations = {
  /** Whose file it is: it speaks for the entities of this repository only. */
  repository: RepositoryName & { repositoryId?: string };
  commit?: string;
  /** Where a person can look at it. */
  url?: string;
} & (
  | { text: string }
  | { /** Why its text cannot be read. */ problem: string }
);

/**
 * One call of a collector: the entities of one partition that are due.
 * @public
 */
export interface CollectContext {
  readonly partition: CollectorPartition;
  /**
   * Those that are due, or have failed. All of the partition where the collector remembers a state of it, since that is
   * about all of them; but never more than 500.
   */
  readonly entities: readonly CollectTarget[];
  /** Whether {@link CollectContext.entities} are known to be all, so that what is remembered of others may be forgotten. */
  readonly isWhole: boolean;
  /**
   * What the collector remembered of this partition: ETags, for example. Undefined at first, and again once the
   * definition of one of its fact sources has changed, because what was collected for the old one may not fit.
   */
  readonly state: JsonObject | undefined;
  /** Every request to a host goes through it. */
  readonly hosts: HostGate;
  /** Aborts when the time of the run is over. */
  readonly signal: AbortSignal;
  /** The instant at which the run began. */
  readonly now: Date;
  /** Says what is so. Kept when the call returns, even when other entities fail. */
  report(entityRef: string, fact: CollectedFact): void;
  /** Says that the facts of one entity could not be collected: until the next success they are unknown. */
  fail(entityRef: string, error: unknown): void;
  /**
   * Hands over an attestation file. Its facts are those of its own fact sources, and are written in the name of the
   * repository; what is wrong with it is told with the health of the collector, and costs nothing else.
   */
  attest(file: FoundAttestations): void;
  /**
   * Remembers what {@link CollectContext.state} gives the next time. Kept only when no entity of the call has failed, so
   * that "nothing has changed" is never said of something that was not collected.
   */
  remember(state: JsonObject): void;
}

/**
 * Which events make a collector run before it is due.
 * @public
 */
export interface CollectorEvents {
  topics: string[];
  /** Keys of the partitions that an event concerns. An event that is none of its kind concerns none. */
  partitionsOf(event: { topic: string; payload: unknown }): string[];
}

/**
 * Gathers facts from somewhere. When it runs is told by the `schedule` of its fact sources in Git; that it may write
 * them, by `writers: [{ collector: <id> }]` there.
 *
 * @remarks
 * The runner spreads partitions over the replicas, one call at a time for each, and never calls with entities to which
 * none of the sources applies. An entity that is neither reported nor failed by the end of the call counts as failed.
 * @public
 */
export interface FactCollector {
  readonly id: string;
  /** Ids of the fact sources that it writes. */
  readonly sources: readonly string[];
  readonly events?: CollectorEvents;
  /** Where an entity belongs; undefined when there is nothing to ask about it. */
  partitionOf(entity: CollectedEntity): CollectorPartition | undefined;
  /** @throws when nothing of the partition can be collected: all that was not reported by then counts as failed. */
  collect(context: CollectContext): Promise<void>;
}
