import { Request, Response, Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { GitCommit } from '../../git/read';
import { choosePersona, parseForm, readForm } from '../forms';
import { count, subjectOf } from '../format';
import { Html, html } from '../html';
import { OpenRepository, PageContext } from '../PageContext';
import { openPullRequest, proposalFields, proposalForm } from '../proposal';
import { urls } from '../urls';
import { commitList } from '../views/commits';
import { diffView } from '../views/diff';
import { repositoryLayout } from '../views/layout';

interface Comparison extends OpenRepository {
  base: string;
  head: string;
}

async function comparison(
  context: PageContext,
  request: Request,
): Promise<Comparison> {
  const { repository, reader } = await context.open(request);
  const range = (request.params as Record<string, string>)[0];
  const [base, head] = range.includes('...')
    ? range.split('...')
    : [repository.defaultBranch, range];
  for (const ref of [base, head]) {
    if (!ref || !(await reader.resolve(ref))) {
      throw new NotFoundError(
        `There is no branch, tag or commit '${ref}' in ${repository.fullName}`,
      );
    }
  }
  return { repository, reader, base, head };
}

/** The pull request of the branch, or the form that opens it; nothing for what is no branch. */
async function proposal(
  context: PageContext,
  request: Request,
  response: Response,
  options: Comparison & { commits: GitCommit[] },
): Promise<Html | undefined> {
  const { repository, reader, base, head, commits } = options;
  const branches = new Set((await reader.branches()).map(({ name }) => name));
  const [newest] = commits;
  if (!newest || !branches.has(base) || !branches.has(head)) {
    return undefined;
  }
  const open = await context.service.listPullRequests(
    repository.owner,
    repository.name,
    'open',
  );
  const pull = open.find(
    candidate => candidate.head.ref === head && candidate.base.ref === base,
  );
  return pull
    ? html`<p>
        Proposed by pull request
        <a href="${urls.pull(repository, pull.number)}"
          >#${pull.number} ${pull.title}</a
        >.
      </p>`
    : html`<section aria-labelledby="propose">
        <h2 id="propose">Propose the change</h2>
        <form method="post" action="${urls.compare(repository, base, head)}">
          ${proposalFields(context, request, response, {
            idPrefix: 'compare',
            title: subjectOf(newest.message),
            cancel: urls.section(repository, 'branches'),
          })}
        </form>
      </section>`;
}

/** `/:owner/:repo/compare/<base>...<head>`: two branches side by side, and the pull request from one into the other. */
export function addCompareRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/compare/*', async (request, response) => {
    const compared = await comparison(context, request);
    const { repository, reader, base, head } = compared;
    const [commits, files, distance, people] = await Promise.all([
      reader.commitsBetween(base, head),
      reader.diff(base, head, { mergeBase: true }),
      reader.aheadBehind(base, head),
      context.people(),
    ]);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'branches',
        title: `${base}...${head}`,
        body: html`<h1>${head} compared with ${base}</h1>
          <p>
            ${head} is ${count(distance.ahead, 'commit')} ahead of ${base} and
            ${count(distance.behind, 'commit')} behind.
          </p>
          ${await proposal(context, request, response, {
            ...compared,
            commits,
          })}
          ${commits.length > 0 && [
            html`<h2>Commits</h2>`,
            commitList(commits, { repository, people }),
          ]}
          <h2>Changes</h2>
          ${diffView(files, { repository, head })}`,
      }),
    );
  });

  router.post(
    '/:owner/:repo/compare/*',
    parseForm,
    async (request, response) => {
      const input = readForm(context, request, proposalForm);
      choosePersona(context, response, input.actor);
      const { repository, base, head } = await comparison(context, request);
      response.redirect(
        303,
        await openPullRequest(context, repository, { ...input, base, head }),
      );
    },
  );
}
