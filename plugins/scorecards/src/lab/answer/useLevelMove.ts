import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SimulationSummary } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../../translation';

type Move = Pick<
  SimulationSummary['levels'][number],
  'fromTitle' | 'toTitle' | 'direction'
>;

/** A move between levels in words, such as `Gold → Silver`. */
export function useLevelMove(): (move: Move) => string {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return ({ fromTitle, toTitle, direction }) => {
    const isOut = { from: direction === 'enters', to: direction === 'leaves' };
    const word = (side: 'from' | 'to', title: string | null) =>
      isOut[side] ? t('lab.answer.outOfScope') : title ?? t('level.none');
    return t('lab.answer.level', {
      from: word('from', fromTitle),
      to: word('to', toTitle),
    });
  };
}
