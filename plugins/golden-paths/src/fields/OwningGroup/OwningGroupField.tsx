import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect, useRef } from 'react';
import { LoadFailure } from '../../components/LoadFailure';
import { EntityCombobox } from '../entity/EntityCombobox';
import { useEntityOptions } from '../entity/useEntityOptions';

/** The group that will own what is made: mine first, and mine at once when I have one. */
export function OwningGroupField(
  props: FieldExtensionComponentProps<string, { type?: string }>,
) {
  const { uiSchema, formData, onChange } = props;
  const groups = useEntityOptions('group', uiSchema['ui:options']?.type);
  const only =
    groups.value?.mine.length === 1 ? groups.value.mine[0].id : undefined;

  // Once: whoever empties the field afterwards wants to search.
  const isPreselected = useRef(false);
  useEffect(() => {
    if (groups.value && !isPreselected.current) {
      isPreselected.current = true;
      if (!formData && only) {
        onChange(only);
      }
    }
  }, [groups.value, formData, only, onChange]);

  if (groups.error && !groups.value) {
    return (
      <LoadFailure
        title="The groups could not be loaded"
        error={groups.error}
        onRetry={groups.retry}
      />
    );
  }
  const { mine = [], others = [] } = groups.value ?? {};
  return (
    <EntityCombobox
      field={props}
      label="Owner"
      options={
        groups.value && [
          ...(mine.length > 0 ? [{ title: 'My groups', options: mine }] : []),
          ...(others.length > 0
            ? [
                {
                  title: mine.length > 0 ? 'Others' : 'Groups',
                  options: others,
                },
              ]
            : []),
        ]
      }
    />
  );
}
