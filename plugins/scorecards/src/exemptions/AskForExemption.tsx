import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button } from '@backstage/ui';
import {
  CheckScore,
  LadderSpec,
  scorecardsExemptionRequestPermission,
} from '@waymark/scorecards-common';
import { useState } from 'react';
import { scorecardsTranslationRef } from '../translation';
import styles from './ExemptionList.module.css';
import { RequestDialog } from './RequestDialog';

/** What passes needs no exemption, and what has one is renewed. */
const EXEMPTIBLE: ReadonlySet<CheckScore['state']> = new Set([
  'fail',
  'unknown',
  'upcoming',
]);

/** Lets whoever may request an exemption of a check do so; nothing for others, and where there is nothing to exempt. */
export function AskForExemption(props: {
  entityRef: string;
  scorecard: string;
  check: CheckScore | undefined;
  spec: LadderSpec | null | undefined;
  /** When the scores were of. */
  now: string;
  /** Leads to the exemptions of the entity. */
  onSee(): void;
}) {
  const { entityRef, scorecard, check, spec, now, onSee } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { allowed } = usePermission({
    permission: scorecardsExemptionRequestPermission,
    resourceRef: entityRef,
  });
  const [isAsking, setIsAsking] = useState(false);
  const [isDone, setIsDone] = useState(false);
  if (!allowed || !spec || !check || !EXEMPTIBLE.has(check.state)) return null;
  return (
    <div className={styles.ask}>
      {isDone && (
        <Alert
          role="status"
          status="success"
          icon
          title={t('exemptions.request.done')}
        />
      )}
      {/* The same button before and after, since the focus comes back to it. */}
      <Button
        variant="secondary"
        onPress={isDone ? onSee : () => setIsAsking(true)}
      >
        {t(isDone ? 'exemptions.see' : 'exemptions.ask')}
      </Button>
      {isAsking && (
        <RequestDialog
          asked={{
            entityRef,
            scorecard,
            check: check.id,
            title: check.title,
            approver: parseEntityRef(spec.owner).name,
            maxDays: spec.exemptions.maxDays,
          }}
          now={new Date(now)}
          onClose={() => setIsAsking(false)}
          onDone={() => {
            setIsAsking(false);
            setIsDone(true);
          }}
        />
      )}
    </div>
  );
}
