import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import { OperatePart, OperateProblem } from '@waymark/operate-common';

/** What one part of the card has to say: a value, a problem, or both. */
export interface PartResult<T> {
  value?: T;
  problems: OperateProblem[];
}

export function found<T>(value: T): PartResult<T> {
  return { value, problems: [] };
}

export function missing(
  part: OperatePart,
  reason: string,
  fix: string,
): PartResult<never> {
  return { problems: [{ part, severity: 'missing', reason, fix }] };
}

/**
 * Runs one part; whatever goes wrong in it becomes its problem, so that the
 * rest of the card still answers.
 */
export async function attempt<T>(
  options: {
    part: OperatePart;
    entityRef: string;
    logger: LoggerService;
  },
  load: () => Promise<PartResult<T>>,
): Promise<PartResult<T>> {
  const { part, entityRef, logger } = options;
  try {
    return await load();
  } catch (caught) {
    const error = toError(caught);
    logger.warn(
      `Could not read part "${part}" of ${entityRef}: ${error.message}`,
    );
    return {
      problems: [{ part, severity: 'error', ...explain(error) }],
    };
  }
}

function explain(error: unknown): { reason: string; fix: string } {
  if (isError(error) && error.name === 'NotFoundError') {
    return {
      reason: error.message,
      fix: 'Create it, or correct the annotation in catalog-info.yaml.',
    };
  }
  if (isError(error) && error.name === 'InputError') {
    return {
      reason: error.message,
      fix: 'Correct it in Git; the card follows within seconds.',
    };
  }
  if (isError(error) && error.name === 'ServiceUnavailableError') {
    return {
      reason: error.message,
      fix: 'Try again in a minute. If it lasts, tell the platform team.',
    };
  }
  // Unforeseen messages may carry internals, so they go to the log only.
  return {
    reason: 'The source did not answer as expected.',
    fix: 'Try again in a minute. If it lasts, tell the platform team, whose log has the cause.',
  };
}
