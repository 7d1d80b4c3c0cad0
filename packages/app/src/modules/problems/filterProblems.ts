import { CatalogProblem } from '@waymark/waymark-common';
import { describeProblem } from './describeProblem';
import { isMine, Ownership } from './isMine';

/** The problems of an owner that hold a text, the newest first. */
export function filterProblems(
  problems: readonly CatalogProblem[],
  filter: { owner: string; text: string },
  ownership: Ownership,
): CatalogProblem[] {
  const wanted = filter.text.trim().toLocaleLowerCase('en-US');
  return problems
    .filter(
      problem =>
        isOf(problem, filter.owner, ownership) &&
        (!wanted || textOf(problem).includes(wanted)),
    )
    .sort(
      (a, b) =>
        b.since.localeCompare(a.since) ||
        a.entityRef.localeCompare(b.entityRef),
    );
}

/** The owners of what the problems keep from being read, by reference. */
export function ownersOf(problems: readonly CatalogProblem[]): string[] {
  const owners = problems.flatMap(({ affected }) =>
    affected.flatMap(({ owner }) => owner ?? []),
  );
  return [...new Set(owners)].sort((a, b) => a.localeCompare(b));
}

function isOf(problem: CatalogProblem, owner: string, ownership: Ownership) {
  if (owner === 'all') {
    return true;
  }
  return owner === 'mine'
    ? isMine(problem, ownership)
    : problem.affected.some(entity => entity.owner === owner);
}

function textOf(problem: CatalogProblem): string {
  const { file, reason } = describeProblem(problem);
  return [file, reason, ...problem.affected.map(({ entityRef }) => entityRef)]
    .join('\n')
    .toLocaleLowerCase('en-US');
}
