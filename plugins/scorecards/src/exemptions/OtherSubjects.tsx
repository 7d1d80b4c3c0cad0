import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, CheckboxGroup } from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { MAX_EXEMPTED_ENTITIES } from '@waymark/scorecards-common';
import { useEffect } from 'react';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { scorecardsTranslationRef } from '../translation';
import { exemptionsApiRef } from './ExemptionsApi';
import { openSubjects, othersOf } from './openSubjects';
import { AskedCheck } from './RequestDialog';
import styles from './RequestDialog.module.css';
import { useOwners } from './useOwnerOptions';

/** Offers to ask the same for the other entities of the owner that fail the same check, and have no exemption of it. */
export function OtherSubjects(props: {
  asked: AskedCheck;
  chosen: string[];
  onChange(others: string[]): void;
}) {
  const { asked, chosen, onChange } = props;
  const { scorecard, check, entityRef } = asked;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const scorecardsApi = useApi(scorecardsApiRef);
  const owner = useOwners(entityRef)?.find(ref => ref.startsWith('group:'));
  const exemptionsApi = useApi(exemptionsApiRef);
  const { data } = useQuery({
    queryKey: ['exemptions', 'others', scorecard, check, owner, entityRef],
    queryFn: async ({ signal }) => {
      const [{ items }, open] = await Promise.all([
        scorecardsApi.listResults(
          scorecard,
          { check, state: 'fail', owner },
          { limit: MAX_EXEMPTED_ENTITIES },
          { signal },
        ),
        openSubjects(exemptionsApi, { scorecard, check }, { signal }),
      ]);
      const failing = items.map(item => item.entityRef);
      return othersOf(entityRef, failing, open);
    },
    enabled: owner !== undefined,
  });
  // What was chosen some time ago may have been asked for meanwhile.
  useEffect(() => {
    if (data && chosen.some(ref => !data.includes(ref))) {
      onChange(chosen.filter(ref => data.includes(ref)));
    }
  }, [data, chosen, onChange]);
  const others = data ?? [];
  if (others.length === 0) return null;
  return (
    <>
      {others.length > 1 && (
        <Checkbox
          isSelected={chosen.length === others.length}
          isIndeterminate={chosen.length > 0 && chosen.length < others.length}
          onChange={isAll => onChange(isAll ? others : [])}
        >
          {t('exemptions.request.othersAll', { all: String(others.length) })}
        </Checkbox>
      )}
      <CheckboxGroup
        name="others"
        label={t('exemptions.request.others')}
        description={t('exemptions.request.othersHelp')}
        className={styles.others}
        value={chosen}
        onChange={onChange}
      >
        {others.map(ref => (
          <Checkbox key={ref} value={ref}>
            {parseEntityRef(ref).name}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </>
  );
}
