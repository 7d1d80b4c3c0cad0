import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Combobox, Option, OptionSection } from '@backstage/ui';

/**
 * One entity of the catalog to choose, by name or by typing a part of it.
 *
 * @param field - what the form gives to each of its fields
 * @param options - undefined until they are loaded
 */
export function EntityCombobox(props: {
  field: Pick<
    FieldExtensionComponentProps<string>,
    | 'schema'
    | 'idSchema'
    | 'required'
    | 'rawErrors'
    | 'formData'
    | 'disabled'
    | 'onChange'
  >;
  label: string;
  options: ReadonlyArray<Option | OptionSection> | undefined;
}) {
  const { field, label, options } = props;
  const { schema, idSchema, required, rawErrors, formData } = field;
  return (
    <Combobox
      id={idSchema.$id}
      label={schema.title ?? label}
      description={schema.description}
      secondaryLabel={required ? 'Required' : undefined}
      placeholder="Type to search"
      isRequired={required}
      isDisabled={field.disabled}
      isInvalid={Boolean(rawErrors?.length)}
      loading={options ? undefined : { state: 'loading' }}
      options={options ?? []}
      // Before the options are there, the field would show the reference.
      selectedKey={options ? formData ?? null : null}
      onSelectionChange={key => {
        if (options) {
          field.onChange(key === null ? undefined : String(key));
        }
      }}
    />
  );
}
