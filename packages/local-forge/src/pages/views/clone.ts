import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { RepositoryName } from '../urls';

/** How a repository is cloned, and what to answer when Git asks who you are. */
export function cloneHelp(
  context: PageContext,
  repository: RepositoryName,
): Html {
  return html`<h2>Clone</h2>
    <p>
      <code
        >git clone
        ${context.baseUrl}/${repository.owner}/${repository.name}.git</code
      >
    </p>
    <p class="small muted">
      When Git asks: as username a login such as <code>dev-checkout</code>, as
      password the content of <code>.waymark/forge/token</code>.
    </p>`;
}
