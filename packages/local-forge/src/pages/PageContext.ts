import { Request, Response } from 'express';
import { NotFoundError } from '@backstage/errors';
import { GitReader } from '../git/read';
import { ForgeRepository, ForgeService } from '../services/ForgeService';
import { Html } from './html';
import { FormGuard } from './security';
import { Persona, PagesOptions } from './types';
import { PeopleByEmail, byEmail } from './views/commits';

/** A repository with its Git data. */
export interface OpenRepository {
  repository: ForgeRepository;
  reader: GitReader;
}

/** A place in a repository, as the tail of a URL names it. */
export interface RepositoryLocation extends OpenRepository {
  ref: string;
  sha: string;
  path: string;
}

/** What every route needs: the services, and how to answer. */
export class PageContext {
  readonly service: ForgeService;
  readonly personas: readonly Persona[];
  readonly baseUrl: string;
  readonly commitFile: PagesOptions['commitFile'];
  readonly guard = new FormGuard();
  readonly #openRepository: PagesOptions['openRepository'];

  constructor(options: PagesOptions) {
    this.service = options.service;
    this.personas = options.personas;
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.commitFile = options.commitFile;
    this.#openRepository = options.openRepository;
  }

  /** The repository that `:owner` and `:repo` name. */
  async open(request: Request): Promise<OpenRepository> {
    const { owner, repo } = request.params;
    const repository = await this.service.getRepository(owner, repo);
    const reader = await this.#openRepository(
      repository.owner,
      repository.name,
    );
    return { repository, reader };
  }

  /** The reference and path that follow `tree/`, `blob/` and so on. */
  async locate(request: Request): Promise<RepositoryLocation> {
    const opened = await this.open(request);
    const tail = request.params[0] ?? '';
    const found = await opened.reader.splitRefPath(tail);
    if (!found) {
      throw new NotFoundError(
        `${opened.repository.fullName} has no branch, tag or commit that '${tail}' begins with`,
      );
    }
    return { ...opened, ...found };
  }

  /** The users by the address that signs their commits. */
  async people(): Promise<PeopleByEmail> {
    return byEmail(await this.service.listUsers());
  }

  /** Display names by login. */
  async names(): Promise<ReadonlyMap<string, string>> {
    const users = await this.service.listUsers();
    return new Map(users.map(user => [user.login, user.name ?? user.login]));
  }

  send(response: Response, page: Html, status = 200) {
    response.status(status).type('html').send(page.toString());
  }
}
