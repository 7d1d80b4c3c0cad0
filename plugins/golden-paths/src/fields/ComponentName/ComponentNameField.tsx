import { TextField } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { NameStatus } from './NameStatus';
import { useNameCheck } from './useNameCheck';

/** The name of a new component, checked while it is typed. */
export function ComponentNameField(
  props: FieldExtensionComponentProps<string>,
) {
  const { schema, uiSchema, idSchema, required, rawErrors, formData } = props;
  const name = formData ?? '';
  const check = useNameCheck(name);
  const isWrong = check.state === 'taken' || check.state === 'malformed';
  return (
    <>
      <TextField
        id={idSchema.$id}
        name={idSchema.$id}
        label={schema.title ?? 'Name'}
        description={schema.description}
        secondaryLabel={required ? 'Required' : undefined}
        placeholder={uiSchema['ui:placeholder']}
        // Whoever opens the form begins with the name.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={uiSchema['ui:autofocus']}
        autoComplete="off"
        spellCheck="false"
        isRequired={required}
        isDisabled={props.disabled}
        isInvalid={isWrong || Boolean(rawErrors?.length)}
        value={name}
        onChange={value => props.onChange(value || undefined)}
      />
      <NameStatus name={name} check={check} />
    </>
  );
}
