import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { LabAnswer } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../../translation';
import { Wanted } from './filter';
import { useLevelMove } from './useLevelMove';

/** What the shown entities have in common, in words; undefined where all are shown, or all that change. */
export function useFilterWords(
  wanted: Wanted,
  { checks, summary }: Pick<LabAnswer, 'checks' | 'summary'>,
): string | undefined {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const moveOf = useLevelMove();
  const { check, to, direction, levels, owner } = wanted;
  const team = useEntityPresentation(owner ?? 'group:default/none');
  if (check) {
    const title = checks.find(({ id }) => id === check)?.title ?? check;
    return to
      ? t('lab.entities.filter', { check: title, state: t(`state.${to}`) })
      : title;
  }
  if (owner !== undefined) {
    return owner === null ? t('lab.answer.ownerNone') : team.primaryTitle;
  }
  if (direction === undefined || direction === 'same') return undefined;
  const move =
    levels &&
    summary.levels.find(
      one =>
        one.direction === direction &&
        one.from === levels.from &&
        one.to === levels.to,
    );
  return move ? moveOf(move) : t(`lab.answer.figures.${direction}`);
}
