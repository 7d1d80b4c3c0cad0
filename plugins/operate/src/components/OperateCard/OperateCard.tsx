import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Alert, Button, Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { OperateAnswer, OperatePart } from '@waymark/operate-common';
import { useOperate } from '../../hooks/useOperate';
import { operateTranslationRef } from '../../translation';
import { LastChanges } from '../LastChanges';
import { OnCallSection } from '../OnCallSection';
import { LinkList, Section, SloList, SlackChannel } from '../Section';
import { OperateSkeleton } from './OperateSkeleton';
import styles from './OperateCard.module.css';

/** Who is on call, runbook, objectives, dashboards, Slack and last changes of one entity. */
export function OperateCard(props: { entityRef: string }) {
  const { t } = useTranslationRef(operateTranslationRef);
  const { data, error, isPending, isFetching, refetch } = useOperate(
    props.entityRef,
  );

  return (
    <Card className={styles.card}>
      <CardHeader className={styles.header}>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('card.title')}
        </Text>
        {data?.owner?.ref && (
          <EntityRefLink entityRef={data.owner.ref}>
            {t('card.owner', { name: data.owner.name })}
          </EntityRefLink>
        )}
      </CardHeader>
      <CardBody>
        {isPending && <OperateSkeleton label={t('card.loading')} />}
        {error && !data && (
          <Alert
            status="danger"
            icon
            title={t('error.title')}
            description={error.message}
            customActions={
              <Button
                variant="secondary"
                onPress={() => refetch()}
                isPending={isFetching}
              >
                {t('error.retry')}
              </Button>
            }
          />
        )}
        {data && <OperateSections answer={data} />}
      </CardBody>
    </Card>
  );
}

function OperateSections(props: { answer: OperateAnswer }) {
  const { answer } = props;
  const { t } = useTranslationRef(operateTranslationRef);
  const problemsOf = (part: OperatePart) =>
    answer.problems.filter(problem => problem.part === part);

  return (
    <div className={styles.sections}>
      <Section title={t('onCall.title')} problems={problemsOf('onCall')}>
        {answer.onCall && <OnCallSection onCall={answer.onCall} />}
      </Section>
      <div className={styles.facts}>
        <Section title={t('runbook.title')} problems={problemsOf('runbook')}>
          {answer.runbook && <LinkList links={[answer.runbook]} />}
        </Section>
        <Section title={t('slo.title')} problems={problemsOf('slo')}>
          {answer.slo && <SloList slo={answer.slo} />}
        </Section>
        <Section
          title={t('dashboards.title')}
          problems={problemsOf('dashboards')}
        >
          {answer.dashboards.length > 0 && (
            <LinkList links={answer.dashboards} />
          )}
        </Section>
        <Section title={t('slack.title')} problems={problemsOf('slack')}>
          {answer.slack && <SlackChannel slack={answer.slack} />}
        </Section>
      </div>
      <Section
        title={t('lastChanges.title')}
        problems={problemsOf('lastChanges')}
        className={styles.lastChanges}
      >
        <LastChanges
          changes={answer.lastChanges}
          now={answer.now}
          readable={problemsOf('lastChanges').length === 0}
        />
      </Section>
    </div>
  );
}
