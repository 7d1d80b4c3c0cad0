import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

export interface Route {
  readonly method: string;
  readonly url: string;
}

/** Answers what no route takes: 405 at a path that knows other methods, 404 anywhere else. */
export function notFound(routes: readonly Route[]) {
  return (request: FastifyRequest): never => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allow = routes.filter(({ url }) => isPathOf(url, path)).map(({ method }) => method);
    if (allow.length === 0) throw new Problem(404, 'There is nothing at this path.');
    throw new Problem(405, 'This path does not know the method.', {
      headers: { allow: allow.toSorted().join(', ') },
    });
  };
}

function isPathOf(url: string, path: string): boolean {
  const parts = path.split('/');
  const pattern = url.split('/');
  return (
    parts.length === pattern.length &&
    pattern.every((part, i) => part === parts[i] || (part.startsWith(':') && parts[i] !== ''))
  );
}
