import { GitHubApiError } from '../errors';
import { Json } from '../social/types';

/** A person of a request's body; what is missing comes from `fallback`. */
export function personOf(
  value: Json | undefined,
  fallback: { name: string; email: string; date: Date },
): { name: string; email: string; date: Date } {
  if (!value) {
    return fallback;
  }
  const date = value.date ? new Date(value.date) : fallback.date;
  if (Number.isNaN(date.getTime())) {
    throw new GitHubApiError(422, 'date is not an ISO 8601 instant');
  }
  return {
    name: typeof value.name === 'string' ? value.name : fallback.name,
    email: typeof value.email === 'string' ? value.email : fallback.email,
    date,
  };
}
