import { GitRef } from '../../git/read';
import { Html, html } from '../html';
import { RepositoryLocation } from '../PageContext';
import { urls } from '../urls';

const MAX_REFS = 50;

function refLinks(location: RepositoryLocation, refs: GitRef[]): Html {
  return html`<ul>
    ${refs.slice(0, MAX_REFS).map(
      ref =>
        html`<li>
          <a
            href="${urls.tree(location.repository, ref.name, location.path)}"
            ${ref.name === location.ref && html`aria-current="true"`}
            >${ref.name}</a
          >
        </li>`,
    )}
  </ul>`;
}

/** The branch or tag that is shown, opening to the others. */
export function refMenu(
  location: RepositoryLocation,
  branches: GitRef[],
  tags: GitRef[],
): Html {
  return html`<details class="refs">
    <summary>
      At <strong>${location.ref}</strong>
      <span class="muted small">(change branch or tag)</span>
    </summary>
    <h2 class="small">Branches</h2>
    ${refLinks(location, branches)}
    ${tags.length > 0 && [
      html`<h2 class="small">Tags</h2>`,
      refLinks(location, tags),
    ]}
  </details>`;
}

/** The way from the root of the repository to the path shown. */
export function pathCrumbs(location: RepositoryLocation): Html {
  const { repository, ref, path } = location;
  const segments = path.split('/');
  return html`<nav class="crumbs" aria-label="Path">
    <ol>
      <li><a href="${urls.tree(repository, ref)}">${repository.name}</a></li>
      ${segments.map((segment, index) =>
        index === segments.length - 1
          ? html`<li><span aria-current="page">${segment}</span></li>`
          : html`<li>
              <a
                href="${urls.tree(
                  repository,
                  ref,
                  segments.slice(0, index + 1).join('/'),
                )}"
                >${segment}</a
              >
            </li>`,
      )}
    </ol>
  </nav>`;
}
