import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { BreadcrumbEntry, useApi } from '@backstage/frontend-plugin-api';
import {
  FieldExtensionOptions,
  scaffolderApiRef,
  SecretsContextProvider,
  useTemplateSecrets,
} from '@backstage/plugin-scaffolder-react';
import {
  formFieldsApiRef,
  useTemplateParameterSchema,
  Workflow,
} from '@backstage/plugin-scaffolder-react/alpha';
import { JsonValue } from '@backstage/types';
import { Alert, Container } from '@backstage/ui';
import { ReactNode, useCallback, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { LoadFailure } from '../../components/LoadFailure';
import { useRunLink } from '../../routes';
import { needsOriginalForm } from './needsOriginalForm';
import { Summary } from './Summary';

/**
 * The form of a template, with a summary in the words of the form.
 *
 * @param original - the scaffolder's own page, for templates that need what only it has
 */
export function FormPage(props: { original: ReactNode }) {
  const { namespace = DEFAULT_NAMESPACE, templateName = '' } = useParams();
  const templateRef = stringifyEntityRef({
    kind: 'Template',
    namespace,
    name: templateName,
  });
  const { manifest, error, loading } = useTemplateParameterSchema(templateRef);
  const formFieldsApi = useApi(formFieldsApiRef);
  // Kept, because a field that is made anew loses the focus.
  const { value: fields, error: withoutFields } = useAsync(
    async () =>
      (await formFieldsApi.loadFormFields()) as unknown as FieldExtensionOptions[],
    [formFieldsApi],
  );
  const failure = error ?? withoutFields;
  if (failure) {
    return (
      <Container>
        <LoadFailure
          title={`The form of ${templateName} could not be loaded`}
          error={failure}
        />
      </Container>
    );
  }
  if (loading || !manifest || !fields) {
    return <Progress />;
  }
  if (needsOriginalForm(manifest)) {
    return <>{props.original}</>;
  }
  return (
    <BreadcrumbEntry entry={{ label: manifest.title, href: '.' }}>
      <SecretsContextProvider>
        <TemplateForm
          namespace={namespace}
          templateName={templateName}
          templateRef={templateRef}
          fields={fields}
        />
      </SecretsContextProvider>
    </BreadcrumbEntry>
  );
}

const components = { ReviewStateComponent: Summary };
const formProps = { EXPERIMENTAL_theme: 'bui' } as const;
const nothing = () => null;

function TemplateForm(props: {
  namespace: string;
  templateName: string;
  templateRef: string;
  fields: FieldExtensionOptions[];
}) {
  const { namespace, templateName, templateRef, fields } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const { secrets } = useTemplateSecrets();
  const navigate = useNavigate();
  const runLink = useRunLink();
  const [refusal, setRefusal] = useState<string>();

  const onCreate = useCallback(
    async (values: Record<string, JsonValue>) => {
      setRefusal(undefined);
      try {
        const { taskId } = await scaffolderApi.scaffold({
          templateRef,
          values,
          secrets,
        });
        navigate(runLink(taskId) ?? '/');
      } catch (error) {
        setRefusal(error instanceof Error ? error.message : String(error));
      }
    },
    [navigate, runLink, scaffolderApi, secrets, templateRef],
  );

  return (
    <>
      {refusal && (
        <Container role="alert">
          <Alert
            status="danger"
            icon
            title="This could not be started"
            description={refusal}
          />
        </Container>
      )}
      <Workflow
        namespace={namespace}
        templateName={templateName}
        extensions={fields}
        components={components}
        formProps={formProps}
        onCreate={onCreate}
        onError={nothing}
      />
    </>
  );
}
