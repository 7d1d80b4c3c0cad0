import type { Simulation, SimulationSummary } from '../api';

/** A comment on a pull request is to be read. */
const MOST_ENTITIES = 20;

const format = new Intl.NumberFormat('en-US');
const count = (number: number, one: string, many: string) =>
  `${format.format(number)} ${number === 1 ? one : many}`;
const entities = (number: number) => count(number, 'entity', 'entities');

// What people write in titles is no markup of ours.
const escaped = (text: string) =>
  text.replace(/[\\`*_{}[\]<>|@#~]/g, '\\$&').replace(/\s+/g, ' ');
const code = (text: string) => `\`${text.replace(/[`|\n]/g, '')}\``;
const level = (title: string | null) =>
  title === null ? 'no level' : escaped(title);

/**
 * What a simulation says, in one sentence of Markdown.
 * @public
 */
export function simulationHeadline(summary: SimulationSummary): string {
  const { changed, enters, leaves, teams, owners } = summary;
  if (changed === 0) return 'No entity changes.';
  const [largest] = owners;
  const parts = [
    ...sumBy(summary, 'down', 'fromTitle').map(
      ([title, number]) => `${format.format(number)} leave ${level(title)}`,
    ),
    ...sumBy(summary, 'up', 'toTitle').map(
      ([title, number]) => `${format.format(number)} reach ${level(title)}`,
    ),
    ...(enters > 0
      ? [`${format.format(enters)} are rated for the first time`]
      : []),
    ...(leaves > 0 ? [`${format.format(leaves)} are rated no more`] : []),
  ];
  const verb = changed === 1 ? 'changes' : 'change';
  const what = parts.length > 0 ? parts.join(', ') : 'none changes its level';
  return `**${entities(changed)} ${verb}**: ${what}; ${count(
    teams,
    'team',
    'teams',
  )}${
    largest?.owner
      ? `; largest: ${code(largest.owner)} with ${format.format(
          largest.changed,
        )}`
      : ''
  }.`;
}

function sumBy(
  { levels }: SimulationSummary,
  direction: 'up' | 'down',
  side: 'fromTitle' | 'toTitle',
): [string | null, number][] {
  const sums = new Map<string | null, number>();
  for (const move of levels.filter(one => one.direction === direction)) {
    sums.set(move[side], (sums.get(move[side]) ?? 0) + move.entities);
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

/**
 * What a simulation says, for the comment or the description of a pull request: a sentence, and its tables.
 *
 * @param options - `most`: entities that are named; of those that were given, the first 20 when absent
 * @returns lines of Markdown
 * @public
 */
export function simulationInMarkdown(
  { summary, transitions }: Pick<Simulation, 'summary' | 'transitions'>,
  options: { most?: number } = {},
): string[] {
  const lines = [simulationHeadline(summary)];
  const { levels, owners, changed } = summary;
  if (levels.length > 0) {
    lines.push(
      '',
      '| From | To | Entities |',
      '| --- | --- | ---: |',
      ...levels.map(
        move =>
          `| ${sideOf(move, 'from')} | ${sideOf(move, 'to')} | ${format.format(
            move.entities,
          )} |`,
      ),
    );
  }
  if (owners.length > 0) {
    lines.push(
      '',
      '| Owner | Change | Fall | Rise |',
      '| --- | ---: | ---: | ---: |',
      ...owners.map(
        ({ owner, ...row }) =>
          `| ${owner === null ? 'nobody' : code(owner)} | ${[
            row.changed,
            row.down,
            row.up,
          ]
            .map(number => format.format(number))
            .join(' | ')} |`,
      ),
    );
  }
  if (transitions.length > 0) {
    const shown = transitions.slice(0, options.most ?? MOST_ENTITIES);
    lines.push(
      '',
      `<details><summary>${
        changed > shown.length
          ? `The first ${shown.length} of ${entities(changed)}`
          : entities(changed)
      }</summary>`,
      '',
      '| Entity | From | To | Checks |',
      '| --- | --- | --- | --- |',
      ...shown.map(
        ({ entityRef, from, to, checks }) =>
          `| ${code(entityRef)} | ${standing(from)} | ${standing(to)} | ${checks
            .map(
              change =>
                `${code(change.check)} ${change.from ?? '–'} → ${
                  change.to ?? '–'
                }`,
            )
            .join(', ')} |`,
      ),
      '',
      '</details>',
    );
  }
  return lines;
}

function sideOf(
  move: SimulationSummary['levels'][number],
  side: 'from' | 'to',
): string {
  if (side === 'from' && move.direction === 'enters') return 'not in scope';
  if (side === 'to' && move.direction === 'leaves') return 'not in scope';
  return level(side === 'from' ? move.fromTitle : move.toTitle);
}

function standing(said: Simulation['transitions'][number]['from']): string {
  if (!said) return 'not in scope';
  if (!said.rated) return 'not rated';
  const points =
    said.points === null ? '' : `, ${Math.round(said.points * 100)} %`;
  return `${level(said.levelTitle)}${points}`;
}
