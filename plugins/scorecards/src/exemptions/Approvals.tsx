import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { RiCheckLine, RiTimeLine } from '@remixicon/react';
import { ExemptionApproval } from '@waymark/scorecards-common';
import { formatDay } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './ExemptionItem.module.css';

/** Whose approval is needed and why, and who has given it. */
export function Approvals(props: { approvals: ExemptionApproval[] }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <ul className={styles.approvals} aria-label={t('exemptions.approvals')}>
      {props.approvals.map(
        ({ group, because, condition, by, at, delegate }) => (
          <li
            key={`${group} ${condition}`}
            className={styles.approval}
            data-given={by !== null}
          >
            {by === null ? (
              <RiTimeLine size={16} aria-hidden />
            ) : (
              <RiCheckLine size={16} aria-hidden />
            )}
            <span>
              <EntityRefLink entityRef={group} hideIcon />{' '}
              {t(`exemptions.approval.${because}`)}
              {condition && (
                <>
                  {' '}
                  (<code>{condition}</code>)
                </>
              )}
              {': '}
              {by === null ? (
                t('exemptions.approval.waiting')
              ) : (
                <>
                  <EntityDisplayName entityRef={by} hideIcon disableTooltip />
                  {at && `, ${formatDay(at)}`}
                  {delegate && ` (${t('exemptions.approval.delegate')})`}
                </>
              )}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
