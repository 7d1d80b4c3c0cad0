import { Entity } from '@backstage/catalog-model';

/** Kinds of things that people build and run: definitions and people themselves are not scored. */
export const KINDS: ReadonlySet<string> = new Set([
  'component',
  'api',
  'resource',
  'system',
  'domain',
]);

/** Whether an entity is of a kind that scorecards are about; whether one applies to it, only the backend knows. */
export function isScored(entity: Entity): boolean {
  return KINDS.has(entity.kind.toLocaleLowerCase('en-US'));
}
