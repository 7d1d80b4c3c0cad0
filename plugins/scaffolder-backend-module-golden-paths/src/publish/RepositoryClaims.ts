import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { RestEndpointMethodTypes } from '@octokit/rest';
import { ForgeConnection } from '../forge/Forge';
import { attempt, unlessMissing } from '../forge/forgeErrors';
import {
  markOfHomepage,
  markOfMessage,
  RepositoryMark,
} from './RepositoryMark';
import { RunHistory } from './RunHistory';

/** A repository as the forge describes it. */
export type Repository =
  RestEndpointMethodTypes['repos']['get']['response']['data'];

/** The first commit of a repository. */
export interface InitialCommit {
  sha: string;
  /** Of its tree: equal exactly when the files are. */
  tree: string;
  message: string;
}

/** Whose a name is, from the point of view of one run. */
export type RepositoryClaim =
  | { state: 'free' }
  /** Made by this run, or by one that this run takes over from. */
  | { state: 'own'; repository: Repository; initialCommit?: InitialCommit }
  | { state: 'foreign'; reason: string };

/** Tells a run's own repository from all others. */
export class RepositoryClaims {
  readonly #portalUrl: string;
  readonly #history: RunHistory;

  static create(options: {
    portalUrl: string;
    history: RunHistory;
  }): RepositoryClaims {
    return new RepositoryClaims(options.portalUrl, options.history);
  }

  private constructor(portalUrl: string, history: RunHistory) {
    this.#portalUrl = portalUrl;
    this.#history = history;
  }

  /** @param credentials - of the user who runs the template */
  async inspect(
    forge: ForgeConnection,
    run: RepositoryMark,
    credentials: BackstageCredentials,
  ): Promise<RepositoryClaim> {
    const fullName = `${forge.owner}/${forge.name}`;
    return attempt(`look for the repository ${fullName}`, async () => {
      const found = await unlessMissing(forge.octokit.rest.repos.get(forge.at));
      if (!found) {
        return { state: 'free' };
      }
      const repository = found.data;
      if (repository.full_name.toLowerCase() !== fullName.toLowerCase()) {
        return {
          state: 'foreign',
          reason: `the repository that had this name is called ${repository.full_name} now, and its old address still leads there`,
        };
      }
      const initialCommit = await readInitialCommit(forge, repository);
      const mark = initialCommit
        ? markOfMessage(initialCommit.message)
        : markOfHomepage(this.#portalUrl, repository.homepage);
      const reason = await this.#refusal(mark, run, credentials);
      return reason
        ? { state: 'foreign', reason }
        : { state: 'own', repository, initialCommit };
    });
  }

  async #refusal(
    mark: RepositoryMark | undefined,
    run: RepositoryMark,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    if (!mark) {
      return 'it was not made by a template of this portal';
    }
    if (mark.taskId === run.taskId) {
      return undefined;
    }
    if (mark.templateRef !== run.templateRef) {
      return `it was made by ${mark.templateRef}`;
    }
    if (mark.owner !== run.owner) {
      return `it was made for ${mark.owner}`;
    }
    return (await this.#history.wasInterrupted(mark.taskId, credentials))
      ? undefined
      : `it was made by run ${mark.taskId}, which was not interrupted`;
  }
}

async function readInitialCommit(
  forge: ForgeConnection,
  repository: Repository,
): Promise<InitialCommit | undefined> {
  const list = (page: number) =>
    forge.octokit.rest.repos.listCommits({
      ...forge.at,
      sha: repository.default_branch,
      per_page: 1,
      page,
    });
  // 409: the repository is empty; 404: it has commits, but none on that branch.
  const newest = await unlessMissing(list(1), [404, 409]);
  const lastPage = Number(
    /[?&]page=(\d+)[^>]*>; rel="last"/.exec(newest?.headers.link ?? '')?.[1] ??
      1,
  );
  const [commit] =
    lastPage > 1 ? (await list(lastPage)).data : newest?.data ?? [];
  return (
    commit && {
      sha: commit.sha,
      tree: commit.commit.tree.sha,
      message: commit.commit.message,
    }
  );
}
