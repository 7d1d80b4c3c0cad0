import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { LoadFailure } from '../../components/LoadFailure';
import { EntityCombobox } from '../entity/EntityCombobox';
import { useEntityOptions } from '../entity/useEntityOptions';

/** An entity of one kind. */
export function EntityOfKindField(
  props: FieldExtensionComponentProps<string, { kind: string; type?: string }>,
) {
  const { kind = '', type } = props.uiSchema['ui:options'] ?? {};
  const entities = useEntityOptions(kind, type);
  if (entities.error && !entities.value) {
    return (
      <LoadFailure
        title={`What there is of the kind ${kind} could not be loaded`}
        error={entities.error}
        onRetry={entities.retry}
      />
    );
  }
  return (
    <EntityCombobox
      field={props}
      label={kind}
      options={
        entities.value && [...entities.value.mine, ...entities.value.others]
      }
    />
  );
}
