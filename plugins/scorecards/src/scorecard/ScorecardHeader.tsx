import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Text } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import {
  scorecardsDefinitionSimulatePermission,
  ScorecardSummary,
} from '@waymark/scorecards-common';
import { useLabLink } from '../routes';
import { scorecardsTranslationRef } from '../translation';
import styles from './Scorecard.module.css';

/** What a scorecard is, whose it is, and what its levels ask for. */
export function ScorecardHeader(props: { scorecard: ScorecardSummary }) {
  const { name, title, description, spec, ref } = props.scorecard;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const labLink = useLabLink();
  const { allowed: maySimulate } = usePermission({
    permission: scorecardsDefinitionSimulatePermission,
  });
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Text as="h1" variant="title-small" weight="bold">
          {title}
        </Text>
        {maySimulate && (
          <ButtonLink
            variant="secondary"
            href={labLink(name) ?? ''}
            iconStart={<RiFlaskLine aria-hidden />}
          >
            {t('lab.open')}
          </ButtonLink>
        )}
      </div>
      {description && (
        <Text as="p" color="secondary">
          {description}
        </Text>
      )}
      <dl className={styles.facts}>
        {spec && (
          <div>
            <dt>{t('scorecard.owner')}</dt>
            <dd>
              <EntityRefLink entityRef={spec.owner} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('scorecard.definition')}</dt>
          <dd>
            <EntityRefLink entityRef={ref}>
              {t('scorecard.definitionLink', {
                count: spec?.checks.length ?? 0,
              })}
            </EntityRefLink>
          </dd>
        </div>
        {spec && (
          <div>
            <dt>{t('scorecard.levels')}</dt>
            <dd>{spec.levels.map(level => level.title).join(' → ')}</dd>
          </div>
        )}
      </dl>
    </header>
  );
}
