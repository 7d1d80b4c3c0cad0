import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Badge, Button, Skeleton, Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiInformationLine,
} from '@remixicon/react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useState } from 'react';
import { Attention, findAttention } from '../findAttention';
import { useOwned } from '../hooks/useOwned';
import { HomeCard } from './HomeCard';
import { LoadFailure } from './LoadFailure';
import styles from './NeedsAttention.module.css';

const SHOWN = 8;

/** What is wrong or missing in the things I own: one line each, the worst first. */
export function NeedsAttention() {
  const { data, error, isFetching, refetch } = useOwned();
  const [isExpanded, setIsExpanded] = useState(false);
  if (error && !data) {
    return (
      <HomeCard title="Needs attention">
        <LoadFailure error={error} isRetrying={isFetching} onRetry={refetch} />
      </HomeCard>
    );
  }
  if (!data) {
    return (
      <HomeCard title="Needs attention">
        <div role="status" aria-label="Loading what needs attention">
          <Skeleton width="100%" height={220} />
        </div>
      </HomeCard>
    );
  }

  const attention = findAttention(data.entities, data.groups);
  const shown = isExpanded ? attention : attention.slice(0, SHOWN);
  // The same few annotations are missing all over: said once, below the list.
  const fixes = [
    ...new Set(
      shown
        .flatMap(item => item.concerns)
        .filter(concern => concern.severity === 'gap')
        .map(concern => concern.fix),
    ),
  ];
  return (
    <HomeCard
      title="Needs attention"
      aside={
        attention.length > 0 && (
          <Text variant="body-small" color="secondary">
            {`${attention.length} of ${data.entities.length} you own`}
          </Text>
        )
      }
    >
      {attention.length === 0 ? (
        <AllWell total={data.total} />
      ) : (
        <ul className={styles.list}>
          {shown.map(item => (
            <AttentionRow
              key={stringifyEntityRef(item.entity)}
              attention={item}
            />
          ))}
        </ul>
      )}
      {fixes.length > 0 && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.fixes}
        >
          {fixes.join(' ')}
        </Text>
      )}
      {attention.length > SHOWN && (
        <Button
          variant="tertiary"
          onPress={() => setIsExpanded(value => !value)}
        >
          {isExpanded ? 'Show fewer' : `Show all ${attention.length}`}
        </Button>
      )}
    </HomeCard>
  );
}

function AllWell(props: { total: number }) {
  return (
    <p className={styles.allWell}>
      <RiCheckboxCircleLine size={18} aria-hidden />
      {props.total > 0
        ? 'Nothing needs your attention: each of your services names its on-call, runbook and objectives, and the catalog reads them all.'
        : 'You own nothing yet. An entity is yours when spec.owner of its catalog-info.yaml names you or one of your teams.'}
    </p>
  );
}

function AttentionRow(props: { attention: Attention }) {
  const { entity, concerns } = props.attention;
  const errors = concerns.filter(concern => concern.severity === 'error');
  const gaps = concerns.filter(concern => concern.severity === 'gap');
  return (
    <li className={styles.row}>
      {errors.length > 0 ? (
        <RiErrorWarningLine size={18} className={styles.error} aria-hidden />
      ) : (
        <RiInformationLine size={18} className={styles.gap} aria-hidden />
      )}
      <div className={styles.body}>
        <div className={styles.line}>
          <EntityRefLink entityRef={entity} hideIcon />
          {gaps.map(gap => (
            <Badge key={gap.text} title={gap.fix}>
              {gap.text}
            </Badge>
          ))}
        </div>
        {errors.map(error => (
          <Text
            key={error.text}
            as="p"
            variant="body-small"
            className={styles.reason}
          >
            {error.text}
          </Text>
        ))}
        {errors.length > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            {errors[0].fix}
          </Text>
        )}
      </div>
    </li>
  );
}
