import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  scorecardsCollectorReadPermission,
  scorecardsDefinitionSimulatePermission,
} from '@waymark/scorecards-common';
import { NavLinks } from '../components';
import {
  changesRouteRef,
  collectorsRouteRef,
  exemptionsRouteRef,
  labRouteRef,
  rootRouteRef,
  securityRouteRef,
} from '../routes';
import { scorecardsTranslationRef } from '../translation';

/** The pages of the scorecards; only those that one may open. */
export function Sections() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const overview = useRouteRef(rootRouteRef)?.();
  const security = useRouteRef(securityRouteRef)?.();
  const changes = useRouteRef(changesRouteRef)?.();
  const exemptions = useRouteRef(exemptionsRouteRef)?.();
  const collectors = useRouteRef(collectorsRouteRef)?.();
  const lab = useRouteRef(labRouteRef)?.();
  const { allowed } = usePermission({
    permission: scorecardsCollectorReadPermission,
  });
  const { allowed: maySimulate } = usePermission({
    permission: scorecardsDefinitionSimulatePermission,
  });
  return (
    <NavLinks
      label={t('sections.label')}
      links={[
        { title: t('sections.overview'), href: overview },
        { title: t('sections.security'), href: security },
        { title: t('changes.section'), href: changes },
        { title: t('exemptions.section'), href: exemptions },
        ...(allowed
          ? [{ title: t('sections.collectors'), href: collectors }]
          : []),
        ...(maySimulate ? [{ title: t('lab.section'), href: lab }] : []),
      ]}
    />
  );
}
