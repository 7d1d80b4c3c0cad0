import { Transition } from '@waymark/scorecards-common';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { DefinitionsOfResults } from '../reads/DefinitionsOfResults';
import type { ShownDefinition } from '../reads/present';
import type { CurrentItem } from '../results/evaluation/batch';
import { Outcome } from './outcomes';
import { Tracked } from './trackedEntities';
import { Said, Subject, transitionOf } from './transitions';

/** An entity, what is said of it now, and what would be. */
export interface Compared {
  subject: Subject;
  now: Said | undefined;
  then: Said | undefined;
  /** Absent where nothing else would be said. */
  transition: Transition | undefined;
}

/**
 * Compares outcomes by their definitions.
 *
 * @param tracked - whatever is not among them is left out
 */
export async function compareOutcomes(
  outcomes: readonly Outcome[],
  options: {
    scorecard: ShownDefinition;
    tracked: ReadonlyMap<number, Tracked>;
    definitions: DefinitionStore;
  },
): Promise<Compared[]> {
  const { scorecard, tracked, definitions } = options;
  const definitionIds = new Set(
    outcomes.flatMap(({ before }) => (before ? [before[3]] : [])),
  );
  const versions = await DefinitionsOfResults.read(
    definitions,
    [...definitionIds].map(definitionId => ({ definitionId })),
  );
  const shown = new Map(
    [...definitionIds].map(definitionId => [
      definitionId,
      versions.of({ scorecard: scorecard.name, definitionId }),
    ]),
  );
  return outcomes.flatMap(({ entityId, before, after }) => {
    const entity = tracked.get(entityId);
    if (!entity) return [];
    const { ref, type, owner } = entity;
    const subject = {
      entityRef: ref,
      ...(type !== null && { type }),
      ...(owner !== null && { owner }),
    };
    const now = before && {
      ...saidIn(before),
      definition: shown.get(before[3])!,
    };
    const then = after && { ...after, definition: scorecard };
    return { subject, now, then, transition: transitionOf(subject, now, then) };
  });
}

function saidIn(item: CurrentItem): Omit<Said, 'definition'> {
  const [, , , , , , results, level, points, confidence] = item;
  return { results, level, points, confidence };
}
