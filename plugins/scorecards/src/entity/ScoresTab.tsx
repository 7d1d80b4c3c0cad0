import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Text, ToggleButton } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { useState } from 'react';
import { isNotFound } from '../api/isNotFound';
import { EntityChanges } from '../changes/EntityChanges';
import { AskForExemption } from '../exemptions/AskForExemption';
import { EntityExemptions } from '../exemptions/EntityExemptions';
import { EmptyState, LoadFailure, Loading } from '../components';
import { rootRouteRef } from '../routes';
import { scorecardsTranslationRef } from '../translation';
import { ProofDrawer } from './ProofDrawer';
import { useScores, useSpecs } from './queries';
import { ScorecardDetails } from './ScorecardDetails';
import { ScorecardPicker } from './ScorecardPicker';
import styles from './ScoresTab.module.css';
import { PastBanner, TimeTravel } from './TimeTravel';
import { useAddress } from './useAddress';
import { useEvaluation } from './useEvaluation';

/** Every scorecard of an entity, now or as it was, with the proof of each check. */
export function ScoresTab(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, hrefWith, go } = useAddress();
  const { asOf } = address;
  const knowledge = address.knowledge === 'now' ? 'now' : undefined;
  const [isLooking, setIsLooking] = useState(asOf !== undefined);
  const { data, error, isFetching, isPlaceholderData, refetch } = useScores(
    entityRef,
    { asOf, knowledge: asOf ? knowledge : undefined },
  );
  const isAwaited = !error && (!data || isPlaceholderData);
  // A failure never has the data of another instant beside it: those stand in only while an answer is awaited.
  const wasAbsent =
    asOf !== undefined && !data && error !== null && isNotFound(error);
  const specs = useSpecs();
  const evaluation = useEvaluation(entityRef);

  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Text as="h2" variant="title-small" weight="bold">
          {t('entity.title')}
        </Text>
        <div className={styles.actions}>
          <ToggleButton
            isSelected={isLooking}
            onChange={setIsLooking}
            iconStart={<RiHistoryLine aria-hidden />}
          >
            {t('entity.time.title')}
          </ToggleButton>
          {!asOf && evaluation.button}
        </div>
      </div>
      {isLooking && <TimeTravel asOf={asOf} onGo={go} />}
      {asOf && (
        <PastBanner
          asOf={asOf}
          knowledge={knowledge}
          owner={isAwaited ? undefined : data?.owner ?? null}
          onGo={go}
        />
      )}
      {!asOf && evaluation.notice}
      {data?.pending && !asOf && (
        <Alert
          role="status"
          status="info"
          isPending
          title={t('entity.pending')}
        />
      )}
      {!error && !(data && specs) && (
        <Loading label={t('entity.loading')} height={480} />
      )}
      {wasAbsent && (
        <EmptyState
          title={t('entity.absentThen')}
          description={t('entity.absentThenDescription')}
        />
      )}
      {error && !wasAbsent && (
        <LoadFailure
          title={t(data ? 'entity.stale' : 'entity.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data && specs && (
        <Scorecards
          entityRef={entityRef}
          scores={data.scorecards}
          specs={specs}
          now={data.asOf}
          address={address}
          hrefWith={hrefWith}
          go={go}
        />
      )}
    </div>
  );
}

function Scorecards(
  props: {
    entityRef: string;
    specs: NonNullable<ReturnType<typeof useSpecs>>;
    now: string;
    scores: NonNullable<ReturnType<typeof useScores>['data']>['scorecards'];
  } & ReturnType<typeof useAddress>,
) {
  const { entityRef, scores, specs, now, address, hrefWith, go } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const overviewLink = useRouteRef(rootRouteRef)?.();
  const { asOf, check } = address;
  const shown =
    scores.find(({ scorecard }) => scorecard === address.scorecard) ??
    scores[0];
  if (!shown) {
    return (
      <EmptyState
        title={t(asOf ? 'entity.noneThen' : 'entity.none')}
        description={t('entity.noneDescription')}
        action={
          overviewLink && (
            <ButtonLink variant="secondary" href={overviewLink}>
              {t('entity.allScorecards')}
            </ButtonLink>
          )
        }
      />
    );
  }
  const opened = shown.checks.find(({ id }) => id === check);
  const spec = specs.get(shown.scorecard);
  return (
    <>
      {scores.length > 1 && (
        <ScorecardPicker
          scores={scores}
          selected={shown.scorecard}
          hrefOf={scorecard => hrefWith({ scorecard, check: undefined })}
        />
      )}
      <ScorecardDetails
        score={shown}
        spec={spec}
        hrefOf={id => hrefWith({ scorecard: shown.scorecard, check: id })}
      />
      {check && (
        <ProofDrawer
          entityRef={entityRef}
          scorecard={shown.scorecard}
          check={check}
          title={opened?.title ?? check}
          asOf={asOf}
          hrefAt={instant => hrefWith({ asOf: instant })}
          onClose={() => go({ check: undefined })}
          actions={
            !asOf && (
              <AskForExemption
                key={check}
                entityRef={entityRef}
                scorecard={shown.scorecard}
                check={opened}
                spec={spec}
                now={now}
                onSee={() => go({ check: undefined })}
              />
            )
          }
        />
      )}
      {!asOf && <EntityExemptions entityRef={entityRef} />}
      <EntityChanges
        entityRef={entityRef}
        scores={scores}
        hrefWith={hrefWith}
      />
    </>
  );
}
