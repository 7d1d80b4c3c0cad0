import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SimulationSummary } from '@waymark/scorecards-common';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';

/** Entities that leave a level, or reach one, most first. */
function sums(
  { levels }: SimulationSummary,
  direction: 'up' | 'down',
  side: 'fromTitle' | 'toTitle',
): [string | null, number][] {
  const found = new Map<string | null, number>();
  for (const move of levels.filter(one => one.direction === direction)) {
    found.set(move[side], (found.get(move[side]) ?? 0) + move.entities);
  }
  return [...found].sort(([, a], [, b]) => b - a);
}

/** What a simulation says, in one sentence. */
export function useHeadline(): (summary: SimulationSummary) => string {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return summary => {
    const { changed, teams } = summary;
    if (changed === 0) return t('lab.answer.none');
    const part = (
      verb: 'leave' | 'reach',
      [title, number]: [string | null, number],
    ) =>
      t(`lab.answer.${verb}`, {
        number: formatCount(number),
        level: title ?? t('level.none'),
      });
    const parts = [
      ...sums(summary, 'down', 'fromTitle').map(sum => part('leave', sum)),
      ...sums(summary, 'up', 'toTitle').map(sum => part('reach', sum)),
    ];
    const what = parts.length > 0 ? parts : [t('lab.answer.sameLevel')];
    return `${t('lab.answer.changed', { count: changed })}: ${[
      ...what,
      t('lab.answer.teams', { count: teams }),
    ].join(', ')}`;
  };
}
