import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { GitFile, isSha } from '../../git/read';
import { choosePersona, parseForm, readForm } from '../forms';
import { Html, html } from '../html';
import { PageContext, RepositoryLocation } from '../PageContext';
import { openPullRequest, proposalFields, proposalForm } from '../proposal';
import { urls } from '../urls';
import { repositoryLayout } from '../views/layout';
import { pathCrumbs } from '../views/location';
import { isBinary } from './files';

const MAX_EDITED_BYTES = 500_000;

const editForm = proposalForm.extend({
  from: z.string().refine(isSha, 'must be a commit'),
  content: z.string(),
});

function isEditable(file: GitFile): boolean {
  return (
    file.type === 'blob' &&
    file.size <= MAX_EDITED_BYTES &&
    !isBinary(file.content) &&
    Buffer.from(file.content.toString('utf8')).equals(file.content)
  );
}

/** Browsers send forms with CRLF: the file keeps the line ends it had. */
function withLineEndsOf(original: string, content: string): string {
  const lines = content.replace(/\r\n?/g, '\n');
  return original.includes('\r\n') ? lines.replace(/\n/g, '\r\n') : lines;
}

async function editedFile(location: RepositoryLocation): Promise<GitFile> {
  const { reader, ref, sha, path } = location;
  const branches = await reader.branches();
  if (!branches.some(branch => branch.name === ref)) {
    throw new NotFoundError(`'${ref}' is not a branch: only branches change`);
  }
  const entry = await reader.entry(sha, path);
  const file =
    entry && (entry.size ?? 0) <= MAX_EDITED_BYTES
      ? await reader.file(sha, path)
      : undefined;
  if (!entry || (!file && entry.type !== 'blob')) {
    throw new NotFoundError(`There is no file '${path}' at ${ref}`);
  }
  return file ?? { ...entry, size: entry.size ?? 0, content: Buffer.alloc(0) };
}

function commands(context: PageContext, location: RepositoryLocation): Html {
  const { repository, ref, path } = location;
  return html`<h2>With Git</h2>
    <pre class="block" tabindex="0">
git clone ${context.baseUrl}/${repository.fullName}.git
cd ${repository.name}
git switch --create my-change origin/${ref}
# edit ${path}
git commit --all --message="Say what changes"
git push --set-upstream origin my-change</pre
    >
    <p>
      A push to <code>${ref}</code> itself changes it at once, where its
      protection admits that.
    </p>`;
}

function form(
  context: PageContext,
  request: Request,
  response: Response,
  options: {
    location: RepositoryLocation;
    from: string;
    content: string;
  },
): Html {
  const { repository, ref, path } = options.location;
  return html`<form method="post" action="${urls.edit(repository, ref, path)}">
    <input type="hidden" name="from" value="${options.from}" />
    <div class="field">
      <label for="edit-content">Content of ${path}</label>
      <textarea
        id="edit-content"
        name="content"
        class="code"
        rows="24"
        spellcheck="false"
        wrap="off"
      >
${options.content}</textarea
      >
    </div>
    <h2>Propose the change</h2>
    <p>
      It is committed to a new branch, and a pull request into
      <strong>${ref}</strong> is opened for it.
    </p>
    ${proposalFields(context, request, response, {
      idPrefix: 'edit',
      title: '',
      cancel: urls.blob(repository, ref, path),
    })}
  </form>`;
}

function editPage(
  context: PageContext,
  location: RepositoryLocation,
  body: Html,
): Html {
  const { repository, ref, path } = location;
  return repositoryLayout({
    repository,
    section: 'code',
    title: `Edit ${path} at ${ref}`,
    body: html`<h1>Edit ${path}</h1>
      ${pathCrumbs(location)} ${body} ${commands(context, location)}`,
  });
}

async function propose(
  context: PageContext,
  request: Request,
  response: Response,
): Promise<string> {
  const input = readForm(context, request, editForm);
  const actor = choosePersona(context, response, input.actor);
  const { commitFile } = context;
  const location = await context.locate(request);
  const { repository, reader, ref, path } = location;
  const branchFile = await editedFile(location);
  if (!commitFile || !isEditable(branchFile)) {
    throw new InputError(`content: '${path}' cannot be edited here`);
  }
  // The commit that the visitor saw: what happened to the branch since is not undone.
  const original = await reader.file(input.from, path);
  if (!original) {
    throw new ConflictError(`'${path}' is not in commit ${input.from}`);
  }
  const before = original.content.toString('utf8');
  const content = withLineEndsOf(before, input.content);
  if (content === before) {
    throw new InputError('content: nothing was changed');
  }
  const taken = new Set((await reader.branches()).map(branch => branch.name));
  let number = 1;
  while (taken.has(`${actor}-patch-${number}`)) {
    number++;
  }
  const branch = `${actor}-patch-${number}`;
  const { owner, name } = repository;
  await commitFile(owner, name, {
    actor,
    branch,
    from: input.from,
    path,
    content: Buffer.from(content),
    message: input.title,
  });
  return await openPullRequest(context, repository, {
    actor,
    title: input.title,
    body: input.body,
    head: branch,
    base: ref,
  });
}

/** `/:owner/:repo/edit/*`: a small editor whose result is a pull request. */
export function addEditRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/edit/*', async (request, response) => {
    const location = await context.locate(request);
    const file = await editedFile(location);
    const body =
      context.commitFile && isEditable(file)
        ? form(context, request, response, {
            location,
            from: location.sha,
            content: file.content.toString('utf8'),
          })
        : html`<p>
            This file is edited with Git only.
            <a
              href="${urls.blob(
                location.repository,
                location.ref,
                location.path,
              )}"
              >Show it</a
            >
          </p>`;
    context.send(response, editPage(context, location, body));
  });

  router.post('/:owner/:repo/edit/*', parseForm, async (request, response) => {
    response.redirect(303, await propose(context, request, response));
  });
}
