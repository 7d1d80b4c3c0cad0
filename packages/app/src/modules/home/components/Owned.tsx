import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Skeleton, Text } from '@backstage/ui';
import { useState } from 'react';
import { useOwned } from '../hooks/useOwned';
import { HomeCard } from './HomeCard';
import { LoadFailure } from '../../../components';
import styles from './Owned.module.css';

const SHOWN = 12;
const kinds = [
  ['component', 'Components'],
  ['api', 'APIs'],
  ['resource', 'Resources'],
  ['system', 'Systems'],
] as const;

/** What I own, by kind. */
export function Owned() {
  const { data, error, isFetching, refetch } = useOwned();
  return (
    <HomeCard
      title="Owned by you and your teams"
      aside={<Link href="/catalog?filters[user]=owned">Open in catalog</Link>}
    >
      {error && !data && (
        <LoadFailure error={error} isRetrying={isFetching} onRetry={refetch} />
      )}
      {!data && !error && <Skeleton width="100%" height={160} />}
      {data && data.entities.length === 0 && (
        <Text as="p" color="secondary">
          Nothing yet. Create something, or name your team as spec.owner in a
          catalog-info.yaml.
        </Text>
      )}
      {data && data.entities.length > 0 && (
        <div className={styles.kinds}>
          {kinds.map(([kind, title]) => (
            <OwnedKind
              key={kind}
              title={title}
              entities={data.entities.filter(
                entity => entity.kind.toLocaleLowerCase('en-US') === kind,
              )}
            />
          ))}
        </div>
      )}
    </HomeCard>
  );
}

function OwnedKind(props: { title: string; entities: Entity[] }) {
  const { title, entities } = props;
  const [isExpanded, setIsExpanded] = useState(false);
  if (entities.length === 0) {
    return null;
  }
  const shown = isExpanded ? entities : entities.slice(0, SHOWN);
  return (
    <section aria-label={title}>
      <Text
        as="h3"
        variant="body-small"
        weight="bold"
        color="secondary"
      >{`${title} (${entities.length})`}</Text>
      <ul className={styles.list}>
        {shown.map(entity => (
          <li key={stringifyEntityRef(entity)} className={styles.item}>
            <EntityRefLink entityRef={entity} hideIcon />
            <Text variant="body-small" color="secondary" truncate>
              {[entity.spec?.type, entity.spec?.lifecycle]
                .filter(part => typeof part === 'string')
                .join(', ')}
            </Text>
          </li>
        ))}
      </ul>
      {entities.length > SHOWN && (
        <Button
          variant="tertiary"
          onPress={() => setIsExpanded(value => !value)}
        >
          {isExpanded ? 'Show fewer' : `Show all ${entities.length}`}
        </Button>
      )}
    </section>
  );
}
