import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  entityPresentationApiRef,
  entityPresentationSnapshot,
} from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { useRollup } from '../../hooks/useReads';
import { scorecardsTranslationRef } from '../../translation';

const ANY = '*';

/** Narrows entities to those of a group, and of the groups below it. */
export function OwnerFilter(props: {
  className: string;
  scorecard: string;
  owner?: string;
  asOf?: string;
  onChange(owner: string | undefined): void;
}) {
  const { className, scorecard, owner, asOf, onChange } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const presentation = useApi(entityPresentationApiRef);
  const { data } = useRollup(scorecard, 'owner', asOf);
  // An owner of the address may own nothing.
  const owners = new Set((data?.items ?? []).map(({ key }) => key ?? ''));
  if (owner) owners.add(owner);
  return (
    <Select
      className={className}
      label={t('filter.owner')}
      searchable
      options={[
        { id: ANY, label: t('filter.any') },
        ...[...owners]
          .map(ref => ({
            id: ref,
            label: entityPresentationSnapshot(
              ref,
              { defaultKind: 'group' },
              presentation,
            ).primaryTitle,
          }))
          .sort((a, b) => a.label.localeCompare(b.label)),
      ]}
      value={owner ?? ANY}
      onChange={value => onChange(value === ANY ? undefined : String(value))}
    />
  );
}
