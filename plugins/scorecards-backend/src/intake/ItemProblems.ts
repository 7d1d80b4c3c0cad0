import { InputError, NotAllowedError } from '@backstage/errors';
import { formatPath } from '@waymark/waymark-common';
import { summarise } from '@waymark/waymark-node';

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
  const message = summarise(
    told.map(
      ({ index, path, reason }) =>
        `${formatPath([list, index, ...path])}: ${reason}`,
    ),
  );
  return forbidden.length > 0
    ? new NotAllowedError(message)
    : new InputError(message);
}
