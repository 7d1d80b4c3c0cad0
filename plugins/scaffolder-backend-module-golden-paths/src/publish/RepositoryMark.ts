/** Which run made a repository, from which template and for whom. */
export interface RepositoryMark {
  taskId: string;
  templateRef: string;
  /** Entity ref of the owning group. */
  owner: string;
}

const TRAILERS = {
  taskId: 'Waymark-Task',
  templateRef: 'Waymark-Template',
  owner: 'Waymark-Owner',
} as const;

/** The message of the initial commit, with the mark as Git trailers. */
export function markedMessage(message: string, mark: RepositoryMark): string {
  const trailers = Object.entries(TRAILERS).map(
    ([key, name]) => `${name}: ${mark[key as keyof RepositoryMark]}`,
  );
  return `${message.trim()}\n\n${trailers.join('\n')}\n`;
}

/** The mark of a commit; undefined when it has none. */
export function markOfMessage(message: string): RepositoryMark | undefined {
  const last =
    message
      .trimEnd()
      .split(/\n{2,}/)
      .pop() ?? '';
  const found = new Map(
    last.split('\n').map(line => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2).trim()];
    }),
  );
  return complete({
    taskId: found.get(TRAILERS.taskId),
    templateRef: found.get(TRAILERS.templateRef),
    owner: found.get(TRAILERS.owner),
  });
}

/**
 * The home page of a repository that has no commit yet: the page of the run. It is set by the very request that creates the
 * repository, so that there is no instant at which nobody can tell whose it is.
 */
export function markedHomepage(
  portalUrl: string,
  mark: RepositoryMark,
): string {
  const url = new URL(
    `${portalUrl.replace(/\/$/, '')}/create/tasks/${encodeURIComponent(
      mark.taskId,
    )}`,
  );
  url.searchParams.set('template', mark.templateRef);
  url.searchParams.set('owner', mark.owner);
  return url.toString();
}

/** The mark of a home page; undefined when it is not that of a run of this portal. */
export function markOfHomepage(
  portalUrl: string,
  homepage: string | null | undefined,
): RepositoryMark | undefined {
  const prefix = `${portalUrl.replace(/\/$/, '')}/create/tasks/`;
  if (!homepage?.startsWith(prefix) || !URL.canParse(homepage)) {
    return undefined;
  }
  const { pathname, searchParams } = new URL(homepage);
  return complete({
    taskId: decoded(pathname.split('/').pop() ?? ''),
    templateRef: searchParams.get('template') ?? undefined,
    owner: searchParams.get('owner') ?? undefined,
  });
}

/** Anybody may write anything into the home page of a repository. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function complete(
  mark: Partial<Record<keyof RepositoryMark, string>>,
): RepositoryMark | undefined {
  const { taskId, templateRef, owner } = mark;
  return taskId && templateRef && owner
    ? { taskId, templateRef, owner }
    : undefined;
}
