import { Combobox } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect, useRef } from 'react';
import { LoadFailure } from '../../components/LoadFailure';
import { useGroups } from './useGroups';

/** The group that will own what is made: mine first, and mine at once when I have one. */
export function OwningGroupField(
  props: FieldExtensionComponentProps<string, { type?: string }>,
) {
  const { schema, uiSchema, idSchema, required, rawErrors, formData } = props;
  const { onChange } = props;
  const groups = useGroups(uiSchema['ui:options']?.type);
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
    <Combobox
      id={idSchema.$id}
      label={schema.title ?? 'Owner'}
      description={schema.description}
      secondaryLabel={required ? 'Required' : undefined}
      placeholder="Type to search"
      isRequired={required}
      isDisabled={props.disabled}
      isInvalid={Boolean(rawErrors?.length)}
      loading={groups.loading ? { state: 'loading' } : undefined}
      options={[
        ...(mine.length > 0 ? [{ title: 'My groups', options: mine }] : []),
        ...(others.length > 0
          ? [{ title: mine.length > 0 ? 'Others' : 'Groups', options: others }]
          : []),
      ]}
      // Before the groups are there, the field would show the reference.
      selectedKey={groups.value ? formData ?? null : null}
      onSelectionChange={key => {
        if (groups.value) {
          onChange(key === null ? undefined : String(key));
        }
      }}
    />
  );
}
