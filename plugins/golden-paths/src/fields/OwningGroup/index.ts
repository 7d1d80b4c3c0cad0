import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { OwningGroupField } from './OwningGroupField';

/** `ui:field: OwningGroup`, with the option `type` for groups of one type only. */
export const OwningGroup = createFormField({
  name: 'OwningGroup',
  component: OwningGroupField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z =>
      z.object({
        type: z
          .string()
          .optional()
          .describe('Only groups of this type, such as `team`'),
      }),
  }),
});
