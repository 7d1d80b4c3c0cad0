import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody } from '@backstage/ui';
import { EmptyState, LoadFailure, Loading } from '../components';
import { scorecardsTranslationRef } from '../translation';
import { ExemptionItem } from './ExemptionItem';
import styles from './ExemptionList.module.css';
import { ExemptionFilter } from './ExemptionsApi';
import { useExemptions } from './queries';

/** Exemptions, newest first. */
export function ExemptionList(props: {
  filter: ExemptionFilter;
  empty: { title: string; description: string };
  /** Of one that is shown elsewhere on the page. */
  except?: string;
}) {
  const { filter, empty, except } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const exemptions = useExemptions(filter);
  const items = (
    exemptions.data?.pages.flatMap(page => page.items) ?? []
  ).filter(({ id }) => id !== except);
  if (exemptions.isPending) {
    return <Loading label={t('exemptions.loading')} height={160} />;
  }
  if (exemptions.error && !exemptions.data) {
    return (
      <LoadFailure
        title={t('exemptions.error')}
        error={exemptions.error}
        isRetrying={exemptions.isFetching}
        onRetry={exemptions.refetch}
      />
    );
  }
  if (items.length === 0 && !exemptions.hasNextPage) {
    return <EmptyState {...empty} />;
  }
  return (
    <>
      <ul className={styles.exemptions}>
        {items.map(exemption => (
          <li key={exemption.id}>
            <Card>
              <CardBody>
                <ExemptionItem exemption={exemption} />
              </CardBody>
            </Card>
          </li>
        ))}
      </ul>
      {exemptions.hasNextPage && (
        <Button
          variant="secondary"
          isPending={exemptions.isFetchingNextPage}
          onPress={() => exemptions.fetchNextPage()}
        >
          {t('exemptions.more')}
        </Button>
      )}
    </>
  );
}
