import type { BackendEnvironment } from './backend/environment.ts';
import type { ItemStore } from './items/store.ts';
import type { Logger } from './logger.ts';

/** What the service needs from the system that keeps its data: the only seam between the two. */
export interface Backend {
  readonly items: ItemStore;

  /** Checks of `/readyz`, by name. A check rejects when its dependency does not answer. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;

  /**
   * Prepares the back end once the server listens (so `/readyz` can answer 503 meanwhile).
   * Waits for a dependency that is not there yet; rejects when waiting cannot help.
   */
  start(signal: AbortSignal): Promise<void>;

  close(): Promise<void>;
}

export type BackendFactory = (environment: BackendEnvironment, logger: Logger) => Backend;
