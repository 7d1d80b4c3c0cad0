import { Router } from 'express';
import { GitReader } from '../../git/read';
import { html } from '../html';
import { isNotFound } from '../errorPage';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { repositoryLayout } from '../views/layout';

async function workflowFiles(reader: GitReader, ref: string) {
  try {
    const entries = await reader.tree(ref, '.github/workflows');
    return entries.filter(
      entry => entry.type === 'blob' && /\.ya?ml$/.test(entry.name),
    );
  } catch (error) {
    if (isNotFound(error)) {
      return [];
    }
    throw error;
  }
}

/** `/:owner/:repo/actions`: the workflows, and that nothing runs them here. */
export function addWorkflowRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/actions*', async (request, response) => {
    const { repository, reader } = await context.open(request);
    const ref = repository.defaultBranch;
    const files = await workflowFiles(reader, ref);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'actions',
        title: 'Workflows',
        body: html`<h1>Workflows</h1>
          <p class="notice">
            The local forge keeps workflows but does not run them, and never
            reports a run that did not happen.
          </p>
          ${files.length > 0
            ? html`<ul class="rows box">
                ${files.map(
                  file =>
                    html`<li>
                      <a href="${urls.blob(repository, ref, file.path)}"
                        >${file.name}</a
                      >
                    </li>`,
                )}
              </ul>`
            : html`<p>${repository.name} has no workflow.</p>`}`,
      }),
    );
  });
}
