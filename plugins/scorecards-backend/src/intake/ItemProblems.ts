import { InputError, NotAllowedError } from '@backstage/errors';
import { formatPath } from '@waymark/waymark-common';

const MOST_TOLD = 20;

/** What is wrong with one item of a list that somebody sent. */
export interface ItemProblem {
  /** Position of the item. */
  index: number;
  /** Where in the item. */
  path: (string | number)[];
  /** The rest of a sentence that begins with the path. */
  reason: string;
  /** Whether its sender must not do this, whatever it says. */
  forbidden?: boolean;
}

/** The error of a list, all of it refused. Whoever must not do something hears only of that. */
export function itemError(list: string, problems: ItemProblem[]): Error {
  const forbidden = problems.filter(problem => problem.forbidden);
  const told = forbidden.length > 0 ? forbidden : problems;
  const sentences = told
    .slice(0, MOST_TOLD)
    .map(
      ({ index, path, reason }) =>
        `${formatPath([list, index, ...path])}: ${reason}`,
    );
  if (told.length > MOST_TOLD) {
    sentences.push(`and ${told.length - MOST_TOLD} more`);
  }
  const message = sentences.join('; ');
  return forbidden.length > 0
    ? new NotAllowedError(message)
    : new InputError(message);
}
