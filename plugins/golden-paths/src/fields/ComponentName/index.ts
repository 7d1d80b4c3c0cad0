import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ComponentNameField } from './ComponentNameField';
import { validateName } from './validateName';

/** `ui:field: ComponentName` */
export const ComponentName = createFormField({
  name: 'ComponentName',
  component: ComponentNameField,
  validation: validateName,
  schema: makeFieldSchema({ output: z => z.string() }),
});
