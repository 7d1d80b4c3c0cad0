import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { DefinitionStatus } from '@waymark/scorecards-common';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { LoadFailure } from '../components';
import { scorecardsTranslationRef } from '../translation';
import styles from './AdoptionCard.module.css';

/** A definition that was just pushed is read within seconds: whoever pushed it is looking. */
const REFRESH_MILLIS = 10_000;
const SHOWN_HASH = 12;

const format = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});
const timeOf = (instant: string) => format.format(new Date(instant));

/** Whether a Scorecard or FactSource is in force, and if not, why. */
export function AdoptionCard(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const scorecardsApi = useApi(scorecardsApiRef);
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['definition', entityRef],
    queryFn: async ({ signal }) =>
      (await scorecardsApi.getDefinitionStatus(entityRef, { signal })) ?? null,
    refetchInterval: REFRESH_MILLIS,
    retry: 1,
  });
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('adoption.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {isPending && (
          <div role="status" aria-busy="true">
            <VisuallyHidden>{t('adoption.loading')}</VisuallyHidden>
            <Skeleton width="100%" height={72} />
          </div>
        )}
        {error && !data && (
          <LoadFailure
            title={t('adoption.error')}
            error={error}
            isRetrying={isFetching}
            onRetry={refetch}
          />
        )}
        {data === null && (
          <Alert
            status="info"
            icon
            title={t('adoption.unseen')}
            description={t('adoption.unseenDescription')}
          />
        )}
        {data && <Adoption status={data} />}
      </CardBody>
    </Card>
  );
}

function Adoption(props: { status: DefinitionStatus }) {
  const { status, problems, inForce, goneSince } = props.status;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <>
      {status === 'adopted' && inForce && (
        <Alert
          status="success"
          icon
          title={t('adoption.adopted')}
          description={t('adoption.adoptedSince', {
            time: timeOf(inForce.since),
          })}
        />
      )}
      {status === 'rejected' && (
        <Alert
          status="danger"
          icon
          title={t('adoption.rejected')}
          description={
            inForce
              ? t('adoption.rejectedKept', { time: timeOf(inForce.since) })
              : t('adoption.rejectedNone')
          }
        />
      )}
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label={t('adoption.problems')}>
          {problems.map(({ path, reason }) => (
            <li key={`${path} ${reason}`}>
              <Text as="p" variant="body-small" className={styles.path}>
                {path}
              </Text>
              <Text as="p" variant="body-medium">
                {reason}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {goneSince && (
        <Alert
          status="warning"
          icon
          title={t('adoption.gone', { time: timeOf(goneSince) })}
        />
      )}
      {inForce && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.version}
        >
          {t('adoption.version', { hash: inForce.hash.slice(0, SHOWN_HASH) })}
        </Text>
      )}
    </>
  );
}
