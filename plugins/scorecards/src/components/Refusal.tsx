import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import { DefinitionStatus } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './Refusal.module.css';

/** Why the newest version of a definition was refused, and what holds meanwhile; nothing where it was not. */
export function Refusal(props: { definition: DefinitionStatus }) {
  const { ref, status, problems, inForce, goneSince } = props.definition;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  if (status !== 'rejected' && !goneSince) return null;
  return (
    <Alert
      status={status === 'rejected' ? 'danger' : 'warning'}
      icon
      title={t(status === 'rejected' ? 'refusal.title' : 'refusal.gone')}
      description={
        <>
          {status === 'rejected' &&
            t(inForce ? 'refusal.kept' : 'refusal.nothing')}
          {problems.length > 0 && (
            <ul className={styles.problems}>
              {problems.map(({ path, reason }) => (
                <li key={`${path} ${reason}`}>
                  <code>{path}</code>: {reason}
                </li>
              ))}
            </ul>
          )}
          <EntityRefLink entityRef={ref}>
            {t('refusal.definition')}
          </EntityRefLink>
        </>
      }
    />
  );
}
