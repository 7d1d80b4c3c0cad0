import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';

/** What became of other runs. */
export interface RunHistory {
  /**
   * Whether a run ended before it was through: it failed, or was cancelled. A run that nobody knows, or that the user may
   * not see, is not: what it made is somebody else's.
   */
  wasInterrupted(
    taskId: string,
    credentials: BackstageCredentials,
  ): Promise<boolean>;
}

const REFUSALS = new Set<unknown>([403, 404]);

const statusOfResponse = (error: Error): unknown =>
  (error as { response?: { status?: unknown } }).response?.status ??
  (error as { statusCode?: unknown }).statusCode;

/** Asks the scaffolder, as the user who wants to go on with the other run's work. */
export class ScaffolderRunHistory implements RunHistory {
  readonly #scaffolder: ScaffolderService;

  static create(options: {
    scaffolder: ScaffolderService;
  }): ScaffolderRunHistory {
    return new ScaffolderRunHistory(options.scaffolder);
  }

  private constructor(scaffolder: ScaffolderService) {
    this.#scaffolder = scaffolder;
  }

  async wasInterrupted(
    taskId: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    try {
      const { status } = await this.#scaffolder.getTask(
        { taskId },
        { credentials },
      );
      return status === 'failed' || status === 'cancelled';
    } catch (error) {
      if (isError(error) && REFUSALS.has(statusOfResponse(error))) {
        return false;
      }
      throw error;
    }
  }
}
