import { Response, Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { GitTreeEntry } from '../../git/read';
import { formatSize } from '../format';
import { highlightLines } from '../highlight';
import { Html, html } from '../html';
import { renderMarkdown } from '../markdown';
import { PageContext, RepositoryLocation } from '../PageContext';
import { RAW_CONTENT_SECURITY_POLICY } from '../security';
import { urls } from '../urls';
import { repositoryLayout } from '../views/layout';
import { pathCrumbs } from '../views/location';

/** Above this, in bytes, a file is offered for download instead of being shown. */
const MAX_SHOWN_BYTES = 1024 * 1024;

const IMAGE_TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
};

function imageType(path: string): string | undefined {
  return IMAGE_TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}

/** Git's own test: a NUL among the first bytes. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8_000).includes(0);
}

function codeTable(text: string, fileName: string): Html {
  const lines = highlightLines(text, fileName);
  return html`<div
    class="scroll"
    tabindex="0"
    role="region"
    aria-label="Content of ${fileName}"
  >
    <table class="code file">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Content</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line, index) =>
            html`<tr id="L${index + 1}">
              <td class="num"><a href="#L${index + 1}">${index + 1}</a></td>
              <td class="text">${line}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function note(text: string): Html {
  return html`<p class="body muted">${text}</p>`;
}

async function fileContent(
  location: RepositoryLocation,
  entry: GitTreeEntry,
  asSource: boolean,
): Promise<{ view: Html; hasSource: boolean; editable: boolean }> {
  const { repository, reader, ref, sha, path } = location;
  const fixed = (view: Html) => ({ view, hasSource: false, editable: false });
  if ((entry.size ?? 0) > MAX_SHOWN_BYTES) {
    return fixed(note('The file is too large to be shown: use Raw.'));
  }
  const content = await reader.blob(entry.sha);
  if (entry.type === 'symlink') {
    return fixed(
      note(`Symbolic link to ${JSON.stringify(content.toString('utf8'))}`),
    );
  }
  const image = imageType(path);
  const isSvg = image === 'image/svg+xml';
  if (image && !(isSvg && asSource)) {
    return {
      view: html`<div class="preview">
        <img src="${urls.raw(repository, sha, path)}" alt="${entry.name}" />
      </div>`,
      hasSource: isSvg,
      editable: isSvg,
    };
  }
  if (isBinary(content)) {
    return fixed(note('Binary file: it cannot be shown as text. Use Raw.'));
  }
  const text = content.toString('utf8');
  const isMarkdown = /\.(md|markdown)$/i.test(path);
  if (isMarkdown && !asSource) {
    const folder = path.split('/').slice(0, -1).join('/');
    return {
      view: html`<div class="body prose">
        ${renderMarkdown(text, {
          repository,
          ref,
          folder,
          hasAnchors: true,
        })}
      </div>`,
      hasSource: true,
      editable: true,
    };
  }
  return {
    view:
      text === '' ? note('The file is empty.') : codeTable(text, entry.name),
    hasSource: isMarkdown || isSvg,
    editable: true,
  };
}

async function blobPage(
  location: RepositoryLocation,
  entry: GitTreeEntry,
  asSource: boolean,
): Promise<Html> {
  const { repository, reader, ref, path } = location;
  const { view, hasSource, editable } = await fileContent(
    location,
    entry,
    asSource,
  );
  const onBranch = (await reader.branches()).some(item => item.name === ref);
  const here = urls.blob(repository, ref, path);
  return repositoryLayout({
    repository,
    section: 'code',
    title: `${path} at ${ref}`,
    body: html`<h1 class="visually-hidden">${path} at ${ref}</h1>
      <p>
        At
        <strong><a href="${urls.tree(repository, ref)}">${ref}</a></strong>
      </p>
      ${pathCrumbs(location)}
      <section class="box" aria-label="File">
        <div class="head">
          <h2 class="mono">${entry.name}</h2>
          <span class="muted small"
            >${formatSize(entry.size ?? 0)}${entry.mode === '100755' &&
            ' · executable'}</span
          >
          <span class="end">
            ${hasSource &&
            (asSource
              ? html`<a class="button" href="${here}">Preview</a>`
              : html`<a class="button" href="${here}?plain=1">Source</a>`)}
            <a class="button" href="${urls.raw(repository, ref, path)}">Raw</a>
            <a class="button" href="${urls.commits(repository, ref, path)}"
              >History</a
            >
            ${editable &&
            onBranch &&
            html`<a class="button" href="${urls.edit(repository, ref, path)}"
              >Edit</a
            >`}
          </span>
        </div>
        ${view}
      </section>`,
  });
}

async function fileEntry(location: RepositoryLocation): Promise<GitTreeEntry> {
  const { reader, ref, sha, path } = location;
  const entry = await reader.entry(sha, path);
  if (!entry) {
    throw new NotFoundError(`There is no file '${path}' at ${ref}`);
  }
  return entry;
}

async function sendRaw(
  location: RepositoryLocation,
  entry: GitTreeEntry,
  response: Response,
) {
  const start = await location.reader.blob(entry.sha);
  const image = imageType(location.path);
  const type = isBinary(start)
    ? 'application/octet-stream'
    : 'text/plain; charset=utf-8';
  response.set({
    'Content-Security-Policy': RAW_CONTENT_SECURITY_POLICY,
    'Content-Type': image ?? type,
    ETag: `"${entry.sha}"`,
  });
  response.send(start);
}

/** `/:owner/:repo/blob/*` and `/:owner/:repo/raw/*`. */
export function addFileRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/blob/*', async (request, response) => {
    const location = await context.locate(request);
    const { repository, ref, path } = location;
    if (path === '') {
      response.redirect(urls.tree(repository, ref));
      return;
    }
    const entry = await fileEntry(location);
    if (entry.type === 'tree' || entry.type === 'commit') {
      response.redirect(urls.tree(repository, ref, path));
      return;
    }
    const asSource = request.query.plain === '1';
    context.send(response, await blobPage(location, entry, asSource));
  });

  router.get('/:owner/:repo/raw/*', async (request, response) => {
    const location = await context.locate(request);
    const entry = await fileEntry(location);
    if (entry.type === 'tree' || entry.type === 'commit') {
      throw new NotFoundError(`'${location.path}' is not a file`);
    }
    await sendRaw(location, entry, response);
  });
}
