import { RollupRow, ScorecardSummary } from '@waymark/scorecards-common';

/** Entities of one level: what a bar, a legend and a table show of it. */
export interface LevelShare {
  /** As the filter of results has it: id of a level, `none`, `unrated`. */
  key: string;
  title: string;
  entities: number;
  /** Of all entities, from 0 to 1. */
  share: number;
  color: string;
}

/** Words for what is no level. */
export interface LevelWords {
  none: string;
  unrated: string;
}

const NONE = 'color-mix(in srgb, var(--bui-fg-warning) 55%, var(--bui-bg-app))';
const UNRATED =
  'color-mix(in srgb, var(--bui-fg-secondary) 30%, var(--bui-bg-app))';
/** The palest of the colours of levels, of 100. */
const PALEST = 35;

/** The higher the level, the deeper the colour, in either theme. */
function colorOf(rank: number, levels: number): string {
  const depth =
    levels === 1 ? 100 : PALEST + ((100 - PALEST) * rank) / (levels - 1);
  return `color-mix(in srgb, var(--bui-accent-bg) ${Math.round(
    depth,
  )}%, var(--bui-bg-app))`;
}

/** How entities spread over levels, from the highest to none. */
export function levelShares(
  {
    entities,
    unrated,
    levels,
  }: Pick<RollupRow, 'entities' | 'unrated' | 'levels'>,
  spec: ScorecardSummary['spec'],
  words: LevelWords,
): LevelShare[] {
  const titles = new Map(spec?.levels.map(({ id, title }) => [id, title]));
  const shareOf = (count: number) => (entities > 0 ? count / entities : 0);
  const count = levels.filter(({ level }) => level !== null).length;
  return [
    ...levels.map(({ level, entities: ofLevel }, index) => ({
      key: level ?? 'none',
      title: level === null ? words.none : titles.get(level) ?? level,
      entities: ofLevel,
      share: shareOf(ofLevel),
      color: level === null ? NONE : colorOf(count - 1 - index, count),
    })),
    {
      key: 'unrated',
      title: words.unrated,
      entities: unrated,
      share: shareOf(unrated),
      color: UNRATED,
    },
  ];
}
