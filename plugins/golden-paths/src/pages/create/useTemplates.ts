import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  isTemplateEntityV1beta3,
  TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** All templates that the person may see. */
export function useTemplates() {
  const catalogApi = useApi(catalogApiRef);
  return useAsyncRetry(async () => {
    const templates: TemplateEntityV1beta3[] = [];
    for await (const page of catalogApi.streamEntities({
      filter: { kind: 'template' },
      fields: [
        'apiVersion',
        'kind',
        'metadata',
        'spec.type',
        'spec.owner',
        'spec.parameters',
        'relations',
      ],
    })) {
      templates.push(...page.filter(isTemplateEntityV1beta3));
    }
    return templates;
  }, [catalogApi]);
}
