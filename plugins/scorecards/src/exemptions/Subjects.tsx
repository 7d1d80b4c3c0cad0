import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Exemption } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../translation';
import styles from './ExemptionItem.module.css';

/** More are folded away. */
const SHOWN_SUBJECTS = 5;

/** What an exemption is for, as far as one may see it. */
export function Subjects(props: { exemption: Exemption; isLinked?: boolean }) {
  const { records, hidden } = props.exemption;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const list = (
    <ul className={styles.subjects}>
      {records.map(({ subject, state }) => (
        <li key={subject}>
          {props.isLinked ? (
            <EntityRefLink entityRef={subject} hideIcon />
          ) : (
            <EntityDisplayName entityRef={subject} hideIcon />
          )}
          {state !== props.exemption.state &&
            ` (${t(`exemptions.state.${state}`)})`}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {records.length > SHOWN_SUBJECTS ? (
        <details>
          <summary>
            {t('exemptions.allSubjects', { all: String(records.length) })}
          </summary>
          {list}
        </details>
      ) : (
        list
      )}
      {hidden > 0 && t('exemptions.hidden', { count: hidden })}
    </>
  );
}
