import { EntitySnapshot } from './entitySnapshot';

/** What tells whether two descriptions under one ref are of the same thing. */
type Described = Pick<EntitySnapshot, 'uid' | 'source'>;

/**
 * Whether what is described now under a ref is what was described there before, and takes over its history.
 *
 * @remarks
 *
 * The id of the source repository decides where both are known: a renamed repository is still itself, and one made anew
 * under an old name is not. Without it only the very same entity goes on; everything else has to wait until the id is
 * known. What comes from no repository goes on under its ref.
 *
 * @public
 */
export function continuesSnapshot(
  before: Described,
  after: Described,
): boolean {
  const [a, b] = [before.source, after.source];
  if (a?.repositoryId && b?.repositoryId) {
    return a.host === b.host && a.repositoryId === b.repositoryId;
  }
  const sameName =
    a?.host === b?.host &&
    a?.owner === b?.owner &&
    a?.repository === b?.repository;
  return sameName && (before.uid === after.uid || b === undefined);
}
