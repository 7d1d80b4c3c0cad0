import { GitHubApiError } from '../errors';

/** Arguments of a Relay connection. */
export interface ConnectionArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A Relay connection over a list that is at hand. */
export interface Connection<T> {
  nodes: T[];
  edges: { node: T; cursor: string }[];
  totalCount: number;
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

const MAX = 100;

/**
 * Cuts a page out of a list by GitHub's rules: `first` or `last`, at most 100,
 * is mandatory. The cursor is opaque: the index of an item.
 *
 * @throws GitHubApiError 422 for arguments that GitHub refuses.
 */
export function connectionOf<T>(
  items: readonly T[],
  args: ConnectionArguments,
): Connection<T> {
  const size = args.first ?? args.last;
  if (size === undefined || size === null) {
    throw new GitHubApiError(
      422,
      'You must provide a `first` or `last` value to properly paginate the connection.',
    );
  }
  if (size < 0 || size > MAX) {
    throw new GitHubApiError(
      422,
      `Requesting ${size} records on the connection exceeds the \`first\` limit of ${MAX} records.`,
    );
  }
  const from = args.after ? indexOf(args.after) + 1 : 0;
  const to = args.before ? indexOf(args.before) : items.length;
  const forward = args.first !== undefined && args.first !== null;
  const start = forward ? from : Math.max(from, to - size);
  const end = forward ? Math.min(to, from + size) : to;
  const edges = items.slice(start, end).map((node, offset) => ({
    node,
    cursor: cursorOf(start + offset),
  }));
  return {
    nodes: edges.map(edge => edge.node),
    edges,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
  };
}

function cursorOf(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64');
}

function indexOf(cursor: string): number {
  const match = /^cursor:v2:(\d+)$/.exec(
    Buffer.from(cursor, 'base64').toString('utf8'),
  );
  if (!match) {
    throw new GitHubApiError(422, `\`${cursor}\` is not a valid cursor.`);
  }
  return Number(match[1]);
}
