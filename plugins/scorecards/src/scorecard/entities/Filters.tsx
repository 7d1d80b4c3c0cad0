import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Button, Select } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { checkStateSchema, ScorecardSummary } from '@waymark/scorecards-common';
import { scorecardsTranslationRef } from '../../translation';
import { FilterName, useScorecardAddress } from '../useScorecardAddress';
import { OwnerFilter } from './OwnerFilter';
import styles from './Entities.module.css';

/** Stands for "no condition", which a list cannot choose otherwise. */
const ANY = '*';

/** Narrows the entities: by level, and by a check and its state; what was narrowed elsewhere can be taken away. */
export function Filters(props: { scorecard: ScorecardSummary }) {
  const { spec } = props.scorecard;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  const { filter } = address;
  const select = (
    name: 'level' | 'check' | 'state',
    options: { id: string; label: string }[],
    isDisabled = false,
  ) => (
    <Select
      className={styles.filter}
      label={t(`filter.${name}`)}
      isDisabled={isDisabled}
      options={[{ id: ANY, label: t('filter.any') }, ...options]}
      value={filter[name] ?? ANY}
      onChange={value =>
        change({
          [name]: value === ANY ? undefined : String(value),
          // A state is one of a check.
          ...(name === 'check' && value === ANY && { state: undefined }),
        })
      }
    />
  );
  const others = (['system', 'domain', 'type'] as const).filter(
    name => filter[name],
  );
  const said = (['level', 'check', 'owner'] as FilterName[]).some(
    name => filter[name],
  );
  return (
    <div>
      <div className={styles.filters}>
        {select('level', [
          ...(spec?.levels ?? [])
            .map(({ id, title }) => ({ id, label: title }))
            .reverse(),
          { id: 'none', label: t('level.none') },
          { id: 'unrated', label: t('level.unrated') },
        ])}
        {select(
          'check',
          (spec?.checks ?? []).map(({ id, title }) => ({ id, label: title })),
        )}
        {select(
          'state',
          checkStateSchema.options.map(state => ({
            id: state,
            label: t(`state.${state}`),
          })),
          !filter.check,
        )}
        <OwnerFilter
          className={styles.filter}
          scorecard={props.scorecard.name}
          owner={filter.owner}
          asOf={filter.asOf}
          onChange={owner => change({ owner })}
        />
        {others.map(name => (
          <Button
            key={name}
            variant="secondary"
            iconEnd={<RiCloseLine aria-hidden />}
            aria-label={t('filter.remove', { value: filter[name]! })}
            onPress={() => change({ [name]: undefined })}
          >
            {t(`heatMap.dimension.${name}`)}
            {': '}
            {name === 'type' ? (
              filter.type
            ) : (
              <EntityDisplayName
                entityRef={filter[name]!}
                hideIcon
                disableTooltip
              />
            )}
          </Button>
        ))}
        {(said || others.length > 0) && (
          <Button
            variant="tertiary"
            onPress={() =>
              change({
                level: undefined,
                check: undefined,
                state: undefined,
                owner: undefined,
                system: undefined,
                domain: undefined,
                type: undefined,
              })
            }
          >
            {t('filter.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}
