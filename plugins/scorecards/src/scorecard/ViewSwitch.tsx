import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { NavLinks } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { useScorecardAddress, View } from './useScorecardAddress';

const VIEWS: View[] = ['map', 'entities', 'matrix'];

/** The ways to look at a scorecard. */
export function ViewSwitch() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, hrefOf } = useScorecardAddress();
  return (
    <NavLinks
      label={t('scorecard.views')}
      links={VIEWS.map(view => ({
        title: t(`scorecard.view.${view}`),
        href: hrefOf({ view: view === 'map' ? undefined : view }),
        isCurrent: address.view === view,
      }))}
    />
  );
}
