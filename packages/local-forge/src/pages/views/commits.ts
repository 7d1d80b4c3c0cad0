import { GitCommit } from '../../git/read';
import { ForgeUser } from '../../services/ForgeService';
import { subjectOf, timeElement } from '../format';
import { Html, html } from '../html';
import { RepositoryName, urls } from '../urls';
import { avatar } from './people';

/** The forge's users by mail address: commits know people only by it. */
export type PeopleByEmail = ReadonlyMap<string, ForgeUser>;

/** Users by the address that signs their commits. */
export function byEmail(users: ForgeUser[]): PeopleByEmail {
  return new Map(
    users
      .filter(user => user.email)
      .map(user => [user.email!.toLowerCase(), user]),
  );
}

/** Author of a commit, linked when it is a user of the forge. */
export function authorOf(commit: GitCommit, people: PeopleByEmail): Html {
  const user = people.get(commit.author.email.toLowerCase());
  const name = user?.name ?? commit.author.name;
  return html`<span class="person"
    >${avatar(user?.login ?? commit.author.email, name, 20)}${user
      ? html`<a href="${urls.owner(user.login)}">${name}</a>`
      : name}</span
  >`;
}

/** Object name, shortened, as a link to the commit. */
export function shaLink(repository: RepositoryName, sha: string): Html {
  return html`<a class="mono" href="${urls.commit(repository, sha)}"
    >${sha.slice(0, 7)}</a
  >`;
}

/** A list of commits, newest first. */
export function commitList(
  commits: GitCommit[],
  options: { repository: RepositoryName; people: PeopleByEmail },
): Html {
  return html`<ul class="rows box">
    ${commits.map(
      commit =>
        html`<li>
          <div class="main">
            <a href="${urls.commit(options.repository, commit.sha)}"
              >${subjectOf(commit.message)}</a
            >
            <p class="small muted">
              ${authorOf(commit, options.people)} committed on
              ${timeElement(commit.committer.date)}
            </p>
          </div>
          ${shaLink(options.repository, commit.sha)}
        </li>`,
    )}
  </ul>`;
}
