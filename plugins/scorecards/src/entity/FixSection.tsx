import { parseEntityRef } from '@backstage/catalog-model';
import {
  createExternalRouteRef,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import { CheckProof } from '@waymark/scorecards-common';
import { formatEffort } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './FixSection.module.css';

/** The form of a template. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

type Fix = NonNullable<CheckProof['fix']>;

/** Makes links to the form of the template that fixes a check, as far filled in as the scorecard knows. */
export function useFixLink(): (fix: Fix | undefined) => string | undefined {
  const route = useRouteRef(templateRouteRef);
  return fix => {
    if (!fix?.template) return undefined;
    const { namespace, name } = parseEntityRef(fix.template, {
      defaultKind: 'template',
      defaultNamespace: 'default',
    });
    const path = route?.({ namespace, templateName: name });
    return path && fix.with
      ? `${path}?${new URLSearchParams({ formData: JSON.stringify(fix.with) })}`
      : path;
  };
}

/** What to do about a check: how long it takes, how it is done, and the template that does it. */
export function FixSection(props: { fix: Fix | undefined }) {
  const { fix } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const template = useFixLink()(fix);
  if (!fix) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('entity.fix.none')}
      </Text>
    );
  }
  const isOutside = fix.docs?.startsWith('https:');
  return (
    <div className={styles.fix}>
      {fix.effort && (
        <Text as="span" variant="body-medium">
          {t('entity.fix.effort', { effort: formatEffort(fix.effort) })}
        </Text>
      )}
      {template && (
        <ButtonLink variant="primary" href={template}>
          {t('entity.fix.template')}
        </ButtonLink>
      )}
      {fix.docs && (
        <ButtonLink
          variant="secondary"
          href={fix.docs}
          {...(isOutside && { target: '_blank', rel: 'noopener noreferrer' })}
        >
          {t('entity.fix.docs')}
        </ButtonLink>
      )}
    </div>
  );
}
