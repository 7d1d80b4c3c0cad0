import {
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  entityPresentationApiRef,
  entityPresentationSnapshot,
} from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { useRollup } from '../../hooks/useReads';
import { scorecardsTranslationRef } from '../../translation';

const ANY = '*';
const CONTEXT = { defaultKind: 'group' };

/** Groups by what people call them, in that order. */
function useTitles(groups: string[]) {
  const presentation = useApiHolder().get(entityPresentationApiRef);
  const { data } = useQuery({
    queryKey: ['titles', groups],
    queryFn: async () => {
      const loaded = groups.map(async group => {
        const { promise } = presentation!.forEntity(group, CONTEXT);
        return [group, (await promise).primaryTitle] as const;
      });
      return new Map(await Promise.all(loaded));
    },
    enabled: presentation !== undefined,
  });
  return groups
    .map(id => ({
      id,
      label:
        data?.get(id) ?? entityPresentationSnapshot(id, CONTEXT).primaryTitle,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

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
  const { data } = useRollup(scorecard, 'owner', asOf);
  // An owner of the address may own nothing.
  const owners = new Set((data?.items ?? []).map(({ key }) => key ?? ''));
  if (owner) owners.add(owner);
  const options = useTitles([...owners]);
  return (
    <Select
      className={className}
      label={t('filter.owner')}
      searchable
      options={[{ id: ANY, label: t('filter.any') }, ...options]}
      value={owner ?? ANY}
      onChange={value => onChange(value === ANY ? undefined : String(value))}
    />
  );
}
