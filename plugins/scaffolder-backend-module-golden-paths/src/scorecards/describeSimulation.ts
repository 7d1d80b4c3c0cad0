import { SimulationSummary } from '@waymark/scorecards-common';

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What a scorecard would change, in one sentence. */
export function describeSimulation(summary: SimulationSummary): string {
  const { changed, entities, teams } = summary;
  if (changed === 0) {
    return `Nothing changes for the ${counted(
      entities,
      'entity',
      'entities',
    )} that it applies to.`;
  }
  const moves = (
    [
      ['down', 'lower'],
      ['up', 'higher'],
      ['enters', 'in scope'],
      ['leaves', 'out of scope'],
    ] as const
  )
    .filter(([direction]) => summary[direction] > 0)
    .map(([direction, where]) => `${summary[direction]} ${where}`);
  return `${counted(changed, 'entity changes', 'entities change')} of ${counted(
    teams,
    'team',
  )}${moves.length > 0 ? `: ${moves.join(', ')}` : ''}.`;
}
