import {
  Simulation,
  simulationInMarkdown,
  SimulationRequest,
} from '@waymark/scorecards-common';
import { changedDefinitions } from './changedDefinitions';
import { PortalClient, RefusedError } from './PortalClient';

/** @see diffScorecards */
export interface DiffRequest {
  /** A folder of the working tree. */
  repository: string;
  /** What the working tree is compared with, by any name that Git knows. */
  base: string;
  portal: Pick<PortalClient, 'simulate'>;
  /** Entities that may change; any number when absent. */
  failOver?: number;
  /** Whether every entity that moves is named, and not only the first ones. */
  all?: boolean;
  print: (line: string) => void;
  /** Takes all that the portal says, with every entity that moves. */
  keep?: (said: SaidOfScorecard[]) => Promise<void>;
}

/** What the portal says of a changed scorecard: one of the two. */
export interface SaidOfScorecard {
  name: string;
  /** Of its file in the repository. */
  path: string;
  simulation?: Simulation;
  /** Why it could not be adopted. */
  problems?: string[];
}

/**
 * Prints as Markdown what the changed definitions of a working tree would change in a portal that runs.
 *
 * @throws InputError when the portal or Git cannot be asked
 * @returns whether all could be adopted, and no more entities change than may
 */
export async function diffScorecards(request: DiffRequest): Promise<boolean> {
  const { repository, base, portal, failOver, all, print, keep } = request;
  const { scorecards, factSources, removed } = await changedDefinitions(
    repository,
    base,
  );
  const sources = factSources.map(({ definition }) => definition);
  const said: SaidOfScorecard[] = [];
  let [changed, isAdoptable] = [0, true];
  print('## What the scorecards would say');
  for (const { name, path, definition } of scorecards) {
    print(`\n### ${name}\n\n\`${path}\`\n`);
    try {
      const simulation = await portal.simulate(
        { definition, factSources: sources } as unknown as SimulationRequest,
        { all: all || keep !== undefined },
      );
      changed += simulation.summary.changed;
      simulationInMarkdown(simulation, {
        ...(all && { most: Infinity }),
      }).forEach(print);
      said.push({ name, path, simulation });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      isAdoptable = false;
      print('**It could not be adopted:**\n');
      const problems = error.message.split('; ');
      problems.forEach(problem => print(`- ${problem}`));
      said.push({ name, path, problems });
    }
  }
  for (const { kind, name } of removed) {
    print(
      `\n### ${name}\n\nThe ${kind} is removed: it stays in force for a day after the merge, and then ends.`,
    );
  }
  if (scorecards.length + removed.length === 0) {
    print('\nNo scorecard is concerned.');
  }
  await keep?.(said);
  const isTooMuch = failOver !== undefined && changed > failOver;
  if (isTooMuch) {
    print(`\n**More than ${failOver} results change (${changed}).**`);
  }
  return isAdoptable && !isTooMuch;
}
