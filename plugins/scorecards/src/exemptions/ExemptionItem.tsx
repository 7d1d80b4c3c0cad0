import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Text } from '@backstage/ui';
import { Exemption, MAX_EXEMPTION_RENEWALS } from '@waymark/scorecards-common';
import { useId, useState } from 'react';
import { useEntityScorecardsLink } from '../routes';
import { formatDay } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { Approvals } from './Approvals';
import { DecisionDialog, Verb } from './DecisionDialog';
import styles from './ExemptionItem.module.css';
import { Steps } from './Steps';
import { Subjects } from './Subjects';
import { Term } from './Term';

const VERBS: readonly Verb[] = [
  'approve',
  'reject',
  'renew',
  'withdraw',
  'revoke',
];

/** An exemption: what, for whom, why, until when, who decides, and what one can do with it. */
export function ExemptionItem(props: { exemption: Exemption }) {
  const { exemption } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const entityLink = useEntityScorecardsLink();
  const headingId = useId();
  const [verb, setVerb] = useState<Verb>();
  const { state, renewal, approvals, may } = exemption;
  const about = {
    scorecard: exemption.scorecard,
    check: exemption.check,
  };
  const first = exemption.records[0]?.subject;
  const link =
    exemption.kind === 'entities' && first && entityLink(first, about);
  const title = t('exemptions.check', {
    check: exemption.checkTitle,
    scorecard: exemption.scorecardTitle,
  });
  const isOver = state !== 'requested' && state !== 'approved';
  return (
    <article aria-labelledby={headingId} className={styles.exemption}>
      <div className={styles.head}>
        <Text as="h4" id={headingId} variant="body-large" weight="bold">
          {link ? <Link href={link}>{title}</Link> : title}
        </Text>
        <span className={styles.state} data-state={state}>
          {t(`exemptions.state.${state}`)}
        </span>
      </div>
      <dl className={styles.terms}>
        <Term name={t('exemptions.subjects')}>
          <Subjects exemption={exemption} isLinked />
        </Term>
        <Term name={t('exemptions.reason')}>{exemption.reason}</Term>
        <Term name={t('exemptions.compensatingControl')}>
          {exemption.compensatingControl}
        </Term>
        <Term name={t('exemptions.plan')}>{exemption.plan}</Term>
        <Term name={t('exemptions.owner')}>
          <EntityRefLink entityRef={exemption.owner} hideIcon />
        </Term>
        <Term name={t('exemptions.requestedBy')}>
          <EntityRefLink entityRef={exemption.requestedBy} hideIcon />{' '}
          {t('exemptions.requestedAt', {
            day: formatDay(exemption.requestedAt),
          })}
        </Term>
        <Term name={t(isOver ? 'exemptions.ended' : 'exemptions.ends')}>
          {formatDay(exemption.expiresAt)}
          {exemption.renewals > 0 &&
            `, ${t('exemptions.renewals', {
              times: String(exemption.renewals),
              most: String(MAX_EXEMPTION_RENEWALS),
            })}`}
        </Term>
      </dl>
      {renewal && (
        <Text as="p" variant="body-medium">
          {t('exemptions.renewal', {
            day: formatDay(renewal.expiresAt),
            reason: renewal.reason,
          })}
        </Text>
      )}
      <Approvals approvals={renewal?.approvals ?? approvals} />
      <Steps steps={exemption.steps} />
      {Object.values(may).some(Boolean) && (
        <div className={styles.actions}>
          {VERBS.filter(one => may[one]).map(one => (
            <Button
              key={one}
              variant={one === 'approve' ? 'primary' : 'secondary'}
              onPress={() => setVerb(one)}
            >
              {t(`exemptions.verb.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {verb && (
        <DecisionDialog
          exemption={exemption}
          verb={verb}
          onClose={() => setVerb(undefined)}
        />
      )}
    </article>
  );
}
