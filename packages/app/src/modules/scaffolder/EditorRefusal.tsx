import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Container } from '@backstage/ui';
import { matchPath, useLocation, useResolvedPath } from 'react-router-dom';

/** Says who may edit templates, where the editor would be: a link to it must not lead to an empty page. */
export function EditorRefusal() {
  const { pathname } = useLocation();
  const editor = useResolvedPath('edit').pathname;
  const contact =
    useApi(configApiRef).getOptionalString('waymark.auth.contact') ??
    'the team that runs this portal';
  if (!matchPath({ path: editor, end: false }, pathname)) {
    return null;
  }
  return (
    <main>
      <Container>
        <Alert
          status="info"
          icon
          title="The template editor is for platform engineers"
          description={`Only they may edit templates and run them dry. Ask ${contact}, or propose the change by a pull request to the repository of the template.`}
        />
      </Container>
    </main>
  );
}
