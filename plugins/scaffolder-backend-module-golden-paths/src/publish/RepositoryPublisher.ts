import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ForgeConnection } from '../forge/Forge';
import { attempt, statusOf } from '../forge/forgeErrors';
import { LocalCommit, pushCommit } from './initialCommit';
import {
  Repository,
  RepositoryClaim,
  RepositoryClaims,
} from './RepositoryClaims';
import { markedHomepage, RepositoryMark } from './RepositoryMark';

/** What a team may do in a repository, in GitHub's words. */
export type TeamPermission = 'pull' | 'triage' | 'push' | 'maintain' | 'admin';

/** The repository as it is to be. */
export interface RepositoryPlan {
  description: string;
  visibility: 'private' | 'public';
  topics: string[];
  /** Slugs of the owner organisation's teams. */
  teams: { slug: string; permission: TeamPermission }[];
  /** Page that describes it; until it is complete this is the page of the run. */
  homepage?: string;
}

/** A repository that is complete. */
export interface PublishedRepository {
  repository: Repository;
  commitHash: string;
  /** Whether an interrupted run had begun it. */
  resumed: boolean;
}

/**
 * Brings one repository into being, from wherever an earlier attempt left it. Each step looks before it acts, and none
 * overwrites what is there.
 */
export class RepositoryPublisher {
  readonly #claims: RepositoryClaims;
  readonly #portalUrl: string;

  static create(options: {
    claims: RepositoryClaims;
    portalUrl: string;
  }): RepositoryPublisher {
    return new RepositoryPublisher(options.claims, options.portalUrl);
  }

  private constructor(claims: RepositoryClaims, portalUrl: string) {
    this.#claims = claims;
    this.#portalUrl = portalUrl;
  }

  async publish(options: {
    forge: ForgeConnection;
    run: RepositoryMark;
    credentials: BackstageCredentials;
    plan: RepositoryPlan;
    commit: LocalCommit;
    logger: LoggerService;
  }): Promise<PublishedRepository> {
    const { forge, run, credentials, plan, commit, logger } = options;
    const inspect = () => this.#claims.inspect(forge, run, credentials);
    let claim = await inspect();
    const resumed = claim.state === 'own';
    if (claim.state === 'free') {
      logger.info(`Creating the repository ${forge.owner}/${forge.name}`);
      claim = await this.#create(forge, run, plan, inspect);
    }
    const { repository, initialCommit } = requireOwn(forge, claim);
    if (resumed) {
      logger.info(
        `Going on with ${repository.full_name}, begun by a run before`,
      );
    }
    await shareAndDescribe(forge, repository, plan);
    if (!initialCommit) {
      logger.info(`Pushing ${commit.files} files to ${commit.branch}`);
      await pushCommit(commit, {
        url: repository.clone_url,
        token: forge.token,
      });
    } else if (initialCommit.tree !== commit.tree) {
      throw new ConflictError(
        `The repository ${repository.full_name} was begun with other answers, and nothing in it is overwritten: answer as before, choose another name, or delete it at ${repository.html_url}`,
      );
    }
    if (plan.homepage && repository.homepage !== plan.homepage) {
      await attempt(`set the home page of ${repository.full_name}`, () =>
        forge.octokit.rest.repos.update({
          ...forge.at,
          homepage: plan.homepage,
        }),
      );
    }
    return {
      repository,
      commitHash: initialCommit?.sha ?? commit.sha,
      resumed,
    };
  }

  async #create(
    forge: ForgeConnection,
    run: RepositoryMark,
    plan: RepositoryPlan,
    inspect: () => Promise<RepositoryClaim>,
  ): Promise<RepositoryClaim> {
    try {
      const { data } = await forge.octokit.rest.repos.createInOrg({
        org: forge.owner,
        name: forge.name,
        description: plan.description,
        homepage: markedHomepage(this.#portalUrl, run),
        private: plan.visibility === 'private',
        has_wiki: false,
        has_projects: false,
        delete_branch_on_merge: true,
        allow_merge_commit: false,
        allow_rebase_merge: false,
        allow_squash_merge: true,
        allow_update_branch: true,
      });
      return { state: 'own', repository: data as Repository };
    } catch (error) {
      if (statusOf(error) === 422) {
        // Taken since we looked: by ourselves, if the answer to our request was lost, or by somebody else.
        const claim = await inspect();
        if (claim.state !== 'free') {
          return claim;
        }
      }
      return attempt(`create the repository ${forge.owner}/${forge.name}`, () =>
        Promise.reject(error),
      );
    }
  }
}

function requireOwn(forge: ForgeConnection, claim: RepositoryClaim) {
  if (claim.state === 'own') {
    return claim;
  }
  const reason =
    claim.state === 'foreign' ? claim.reason : 'it cannot be created';
  throw new ConflictError(
    `There is already a repository ${forge.owner}/${forge.name}, and ${reason}: choose another name`,
  );
}

/** Before the push, so that whoever reads the push sees the repository as it will be. */
async function shareAndDescribe(
  forge: ForgeConnection,
  repository: Repository,
  plan: RepositoryPlan,
): Promise<void> {
  const { octokit, at, owner } = forge;
  const known = [...(repository.topics ?? [])].sort().join();
  if (known !== [...plan.topics].sort().join()) {
    await attempt(`set the topics of ${repository.full_name}`, () =>
      octokit.rest.repos.replaceAllTopics({ ...at, names: plan.topics }),
    );
  }
  for (const { slug, permission } of plan.teams) {
    await attempt(
      `give the team ${owner}/${slug} access to ${repository.full_name}`,
      () =>
        octokit.rest.teams.addOrUpdateRepoPermissionsInOrg({
          org: owner,
          team_slug: slug,
          owner,
          repo: repository.name,
          permission,
        }),
    );
  }
}
