import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cause } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';

/** Details that say something to people; those of the others are ids of the engine. */
const READABLE: ReadonlySet<Cause> = new Set([
  'fact',
  'staleness',
  'collector',
]);

/** Why a result began, in words. */
export function useCause(): (result: {
  cause: Cause;
  causeDetail?: string;
}) => string {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return ({ cause, causeDetail }) => {
    const words = t(`entity.cause.${cause}`);
    return causeDetail && READABLE.has(cause)
      ? t('entity.cause.with', { cause: words, detail: causeDetail })
      : words;
  };
}
