import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  EntityPresentationApi,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { ReviewState } from '@backstage/plugin-scaffolder-react/alpha';
import { JsonObject, JsonValue } from '@backstage/types';
import { Text } from '@backstage/ui';
import { ComponentProps } from 'react';
import useAsync from 'react-use/esm/useAsync';

type SummaryProps = ComponentProps<typeof ReviewState>;

/** All answers in the order of the form and in its words, before anything is made. */
export function Summary(props: SummaryProps) {
  const presentationApi = useApi(entityPresentationApiRef);
  const { value } = useAsync(
    () => inWords(props, presentationApi),
    [props.schemas, props.formState, presentationApi],
  );
  return (
    <section aria-label="Summary">
      <Text as="p" color="secondary">
        Nothing has been made yet.
      </Text>
      {value && <ReviewState schemas={props.schemas} formState={value} />}
    </section>
  );
}

async function inWords(
  { schemas, formState }: SummaryProps,
  presentationApi: EntityPresentationApi,
): Promise<JsonObject> {
  const properties: JsonObject = Object.assign(
    {},
    ...schemas.map(({ mergedSchema }) => mergedSchema.properties),
  );
  const keys = new Set([...Object.keys(properties), ...Object.keys(formState)]);
  const entries = [...keys]
    .filter(key => formState[key] !== undefined && formState[key] !== '')
    .map(async (key): Promise<[string, JsonValue | undefined]> => {
      const definition = properties[key];
      const value = formState[key];
      if (typeof value === 'boolean') {
        return [key, value ? 'Yes' : 'No'];
      }
      // Only a field that chooses entities holds references; text may look like one.
      return isObject(definition) && definition['ui:field'] && isRef(value)
        ? [key, (await presentationApi.forEntity(value).promise).primaryTitle]
        : [key, value];
    });
  return Object.fromEntries(await Promise.all(entries));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRef(value: JsonValue | undefined): value is string {
  if (typeof value !== 'string' || !value.includes(':')) {
    return false;
  }
  try {
    return Boolean(parseEntityRef(value));
  } catch {
    return false;
  }
}
