import { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';

/** Form decorators and the field `Secret` are not exported by the scaffolder: templates that use them keep its own page. */
export function needsOriginalForm(manifest: TemplateParameterSchema): boolean {
  const { formDecorators, EXPERIMENTAL_formDecorators: earlier } = manifest;
  return (
    Boolean(formDecorators?.length || earlier?.length) ||
    hasField(manifest.steps, 'Secret')
  );
}

function hasField(value: unknown, field: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return (
    ('ui:field' in value && value['ui:field'] === field) ||
    Object.values(value).some(nested => hasField(nested, field))
  );
}
