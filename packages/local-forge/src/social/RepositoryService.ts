import { GitHubApiError, notFound, validationFailed } from '../errors';
import { BareRepositories } from '../git/BareRepositories';
import { GitReader, releaseGitReader } from '../git/read';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { isAtLeast } from './Access';
import { writeInitialCommit } from './initialCommit';
import { actionsBetween, RepositoryAction } from './repositoryChanges';
import { RepositoryFacts } from './RepositoryFacts';
import { nameIn, newNameIn, requireBranch } from './repositoryInput';
import { RepositorySettings } from './RepositorySettings';
import { Json, Permission, RestRepository } from './types';

/** Told about every repository that came, changed or went. */
export type RepositoryListener = (
  action: RepositoryAction,
  repository: RestRepository,
  context: WriteContext,
  changes?: Json,
) => Promise<void>;

/** Repositories: the emulator's record joined with the bare repository. */
export class RepositoryService {
  readonly #state: ForgeState;
  readonly #bare: BareRepositories;
  readonly #listeners: RepositoryListener[] = [];
  readonly #facts: RepositoryFacts;
  readonly #settings: RepositorySettings;

  constructor(options: { state: ForgeState; bare: BareRepositories }) {
    this.#state = options.state;
    this.#bare = options.bare;
    this.#facts = new RepositoryFacts(options.bare);
    this.#settings = new RepositorySettings(options.state);
  }

  onChange(listener: RepositoryListener): void {
    this.#listeners.push(listener);
  }

  directory(repository: RestRepository): string {
    return this.#bare.directory(repository.owner.login, repository.name);
  }

  async reader(repository: RestRepository): Promise<GitReader> {
    return await GitReader.open(this.directory(repository));
  }

  /** The commit of the default branch, without asking Git while it stays. */
  async head(repository: RestRepository): Promise<string | undefined> {
    return (await this.#facts.of(repository)).head;
  }

  /** @throws GitHubApiError 404 when there is no such repository. */
  async get(owner: string, name: string): Promise<RestRepository> {
    const repository = await this.find(owner, name);
    if (!repository) {
      throw notFound();
    }
    return repository;
  }

  async find(owner: string, name: string): Promise<RestRepository | undefined> {
    if (!this.#bare.exists(owner, name)) {
      return undefined;
    }
    const record = await this.#state.find<RestRepository>(
      `/repos/${owner}/${name}`,
    );
    return record && (await this.#withFacts(record));
  }

  /** All repositories of an owner, by name. */
  async list(owner: string): Promise<RestRepository[]> {
    const names = await this.#bare.list(owner);
    const found = await Promise.all(names.map(name => this.find(owner, name)));
    return found.filter(repository => repository !== undefined);
  }

  async create(
    options: {
      owner: string;
      ownerType: 'User' | 'Organization';
      body: Json;
      /** A bare repository is there already (seeding). */
      adopt?: boolean;
    },
    context: WriteContext,
  ): Promise<RestRepository> {
    const { owner, body } = options;
    const name = newNameIn(body);
    const taken = await this.#state.find(`/repos/${owner}/${name}`);
    if (taken) {
      throw new GitHubApiError(422, 'Repository creation failed.', [
        {
          resource: 'Repository',
          field: 'name',
          code: 'custom',
          message: 'name already exists on this account',
        },
      ]);
    }
    const defaultBranch = body.default_branch ?? 'main';
    if (!options.adopt) {
      // A folder that nobody knows is what a crash left of an earlier attempt.
      await this.#bare.delete(owner, name);
      await this.#bare.create(owner, name, defaultBranch);
    }
    const created = await this.#state.write<RestRepository>(
      {
        method: 'POST',
        path:
          options.ownerType === 'Organization'
            ? `/orgs/${owner}/repos`
            : '/user/repos',
        body: {
          ...body,
          private:
            body.private === true ||
            body.visibility === 'private' ||
            body.visibility === 'internal',
          // Gives pull requests of the emulator branches to stand on; what is
          // in them is never shown.
          auto_init: true,
        },
      },
      context,
    );
    const patch: Json = {};
    if (defaultBranch !== created.default_branch) {
      patch.default_branch = defaultBranch;
    }
    if (body.visibility === 'internal') {
      patch.visibility = 'internal';
    }
    if (Object.keys(patch).length > 0) {
      await this.#patch(`${owner}/${name}`, patch, context);
    }
    await this.#settings.store(`${owner}/${name}`, body, context);
    if (body.auto_init === true && !options.adopt) {
      await writeInitialCommit(
        this.#bare.directory(owner, name),
        { name, branch: defaultBranch, description: body.description },
        context,
      );
    }
    const repository = await this.get(owner, name);
    await this.#tell('created', repository, context);
    return repository;
  }

  async update(
    repository: RestRepository,
    body: Json,
    context: WriteContext,
  ): Promise<RestRepository> {
    const owner = repository.owner.login;
    const name = nameIn(body, repository.name);
    if (body.default_branch !== undefined) {
      await requireBranch(await this.reader(repository), body.default_branch);
    }
    const renamed = name !== repository.name;
    if (renamed && this.#bare.exists(owner, name)) {
      throw validationFailed({
        resource: 'Repository',
        field: 'name',
        code: 'already_exists',
      });
    }
    if (renamed) {
      await this.#state.put(
        'intents',
        'rename',
        { owner, from: repository.name, to: name },
        context,
      );
    }
    await this.#patch(repository.full_name, body, context);
    if (renamed) {
      await this.finishRename(
        { owner, from: repository.name, to: name },
        context,
      );
    }
    if (typeof body.default_branch === 'string') {
      await this.#bare.setDefaultBranch(owner, name, body.default_branch);
    }
    await this.#settings.store(`${owner}/${name}`, body, context);
    const updated = await this.get(owner, name);
    for (const [action, changes] of actionsBetween(repository, updated)) {
      await this.#tell(action, updated, context, changes);
    }
    return updated;
  }

  /** Brings folder and records after a rename of the emulator's record. */
  async finishRename(
    rename: { owner: string; from: string; to: string },
    context: WriteContext,
  ): Promise<void> {
    const { owner, from, to } = rename;
    if (
      this.#bare.exists(owner, from) &&
      !(await this.#state.find(`/repos/${owner}/${from}`))
    ) {
      releaseGitReader(this.#bare.directory(owner, from));
      await this.#bare.rename(owner, from, to);
      await this.#state.renameRecords(
        `${owner}/${from}`,
        `${owner}/${to}`,
        context,
      );
    }
    await this.#state.remove('intents', 'rename', context);
  }

  async delete(
    repository: RestRepository,
    context: WriteContext,
  ): Promise<void> {
    await this.#state.write(
      { method: 'DELETE', path: `/repos/${repository.full_name}` },
      context,
    );
    await this.#state.removeRecords(repository.full_name, context);
    releaseGitReader(this.directory(repository));
    await this.#bare.delete(repository.owner.login, repository.name);
    await this.#tell('deleted', repository, context);
  }

  /** A repository as a user sees it: with the user's permissions. */
  forViewer(
    repository: RestRepository,
    permission: Permission | undefined,
  ): RestRepository {
    return {
      ...repository,
      permissions: {
        admin: isAtLeast(permission, 'admin'),
        maintain: isAtLeast(permission, 'maintain'),
        push: isAtLeast(permission, 'push'),
        triage: isAtLeast(permission, 'triage'),
        pull: isAtLeast(permission, 'pull'),
      },
    };
  }

  /** Notes that refs of a repository moved. */
  async touch(
    repository: RestRepository,
    context: WriteContext,
  ): Promise<void> {
    const at = context.at ?? new Date();
    await this.#state.put(
      'pushes',
      repository.full_name,
      at.toISOString().replace(/\.\d+Z$/, 'Z'),
      context,
    );
  }

  async #withFacts(record: RestRepository): Promise<RestRepository> {
    const facts = await this.#facts.of(record);
    return {
      ...record,
      ...this.#settings.of(record.full_name),
      language: facts.language,
      size: facts.size,
      pushed_at:
        this.#state.get<string>('pushes', record.full_name) ??
        facts.committedAt ??
        record.created_at,
      forks_count: 0,
      forks: 0,
      network_count: 0,
      subscribers_count: 0,
      ...(record.owner.type === 'Organization'
        ? { organization: record.owner }
        : {}),
    };
  }

  async #patch(
    fullName: string,
    body: Json,
    context: WriteContext,
  ): Promise<void> {
    await this.#state.write(
      { method: 'PATCH', path: `/repos/${fullName}`, body },
      context,
    );
  }

  async #tell(
    action: RepositoryAction,
    repository: RestRepository,
    context: WriteContext,
    changes?: Json,
  ): Promise<void> {
    for (const listener of this.#listeners) {
      await listener(action, repository, context, changes);
    }
  }
}
