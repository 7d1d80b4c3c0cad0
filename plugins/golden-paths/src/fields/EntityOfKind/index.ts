import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EntityOfKindField } from './EntityOfKindField';

/** `ui:field: EntityOfKind`, with the options `kind` and, to have fewer, `type`. */
export const EntityOfKind = createFormField({
  name: 'EntityOfKind',
  component: EntityOfKindField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z =>
      z.object({
        kind: z.string().describe('The kind of the entities, such as `System`'),
        type: z
          .string()
          .optional()
          .describe('Only entities of this type, such as `product`'),
      }),
  }),
});
