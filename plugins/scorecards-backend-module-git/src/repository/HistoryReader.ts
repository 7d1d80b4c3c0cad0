import { RestEndpointMethodTypes } from '@octokit/rest';
import { RepositoryApi } from '@waymark/scorecards-node';
import { createHash } from 'node:crypto';
import {
  continueHistory,
  FolderHistory,
  HistoryCommit,
  isRecent,
  MOST_COMMITS,
} from '../facts/commitHistory';
import { isBelow } from '../facts/folders';

type ListedCommit =
  RestEndpointMethodTypes['repos']['listCommits']['response']['data'][number];

/** The history of a folder at a commit. */
export interface KnownHistory {
  head: string;
  /** Undefined when no commit has changed the folder. */
  history?: FolderHistory;
}

/** What has come since an earlier commit. */
interface News {
  /** Newest first. */
  commits: HistoryCommit[];
  /** Whether one of them may have changed a folder. */
  mayConcern(folder: string): boolean;
}

const PAGE = 100;
// The day on which a list ends is not whole, and must not be one of those that are kept.
const MOST_LISTED = MOST_COMMITS + PAGE;
/** GitHub names no more files of a comparison. */
const MOST_COMPARED_FILES = 300;

// Tells authors apart without keeping their addresses.
const fingerprint = (address: string) =>
  createHash('sha256')
    .update(address.toLocaleLowerCase('en-US'))
    .digest('hex')
    .slice(0, 16);

/** Reads histories of folders, and only what is new of those that are known. */
export class HistoryReader {
  readonly #api: RepositoryApi;
  readonly #head: string;
  readonly #news = new Map<string, Promise<News | undefined>>();

  static create(api: RepositoryApi, head: string): HistoryReader {
    return new HistoryReader(api, head);
  }

  private constructor(api: RepositoryApi, head: string) {
    this.#api = api;
    this.#head = head;
  }

  /** The history of a folder (the empty string is the whole repository) up to the head. */
  async read(
    folder: string,
    known: KnownHistory | undefined,
  ): Promise<KnownHistory> {
    const head = this.#head;
    if (known?.head === head) {
      return known;
    }
    const news = known && (await this.#newsSince(known.head));
    const history = news
      ? continueHistory(known.history, await this.#newIn(folder, news))
      : await this.#whole(folder);
    return { head, history };
  }

  async #whole(folder: string): Promise<FolderHistory | undefined> {
    const listed: HistoryCommit[] = [];
    for (let page = 1; ; page += 1) {
      const commits = await this.#list(folder, page);
      listed.push(...commits);
      const older = commits.filter(commit => !isRecent(commit, listed[0]));
      const atEnd = commits.length < PAGE || older.length === PAGE;
      if (atEnd || listed.length >= MOST_LISTED) {
        return continueHistory(undefined, listed, !atEnd);
      }
    }
  }

  async #newIn(folder: string, news: News): Promise<HistoryCommit[]> {
    if (folder === '') {
      return news.commits;
    }
    if (!news.mayConcern(folder)) {
      return [];
    }
    const ids = new Set(news.commits.map(({ id }) => id));
    // A branch that was merged brings commits that are older than those that were known.
    const since = new Date(
      Math.min(...news.commits.map(({ at }) => at.getTime())),
    );
    const found: HistoryCommit[] = [];
    for (let page = 1; ; page += 1) {
      const commits = await this.#list(folder, page, since);
      found.push(...commits.filter(({ id }) => ids.has(id)));
      if (commits.length < PAGE || page * PAGE >= MOST_LISTED) {
        return found;
      }
    }
  }

  #newsSince(base: string): Promise<News | undefined> {
    const news = this.#news.get(base) ?? this.#compare(base);
    this.#news.set(base, news);
    return news;
  }

  /** Undefined when the head does not follow the commit, or when there is more than a comparison tells. */
  async #compare(base: string): Promise<News | undefined> {
    const answer = await this.#api.find('what is new', (octokit, request) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        ...request,
        basehead: `${base}...${this.#head}`,
      }),
    );
    if (!answer || answer.data.status !== 'ahead') {
      return undefined;
    }
    const { commits, total_commits: count, files = [] } = answer.data;
    if (commits.length < count) {
      return undefined;
    }
    // What one commit did and another undid is no difference between the ends.
    const told = count === 1 && files.length < MOST_COMPARED_FILES;
    return {
      commits: commits.map(toHistoryCommit).reverse(),
      mayConcern: folder =>
        !told ||
        files.some(({ filename, previous_filename: before }) =>
          [filename, before ?? filename].some(path => isBelow(path, folder)),
        ),
    };
  }

  async #list(
    folder: string,
    page: number,
    since?: Date,
  ): Promise<HistoryCommit[]> {
    const { data } = await this.#api.ask('the commits', (octokit, request) =>
      octokit.rest.repos.listCommits({
        ...request,
        sha: this.#head,
        ...(folder && { path: folder }),
        ...(since && { since: since.toISOString() }),
        per_page: PAGE,
        page,
      }),
    );
    return data.map(toHistoryCommit);
  }
}

function toHistoryCommit({ sha, commit, author }: ListedCommit): HistoryCommit {
  const at = commit.committer?.date ?? commit.author?.date;
  if (!at) {
    throw new Error(`Commit ${sha} has no date`);
  }
  const login = author?.login ?? null;
  const address = commit.author?.email ?? '';
  return {
    id: sha,
    at: new Date(at),
    authorKey: login ? `@${login}` : fingerprint(address),
    name: commit.author?.name ?? login ?? '',
    login,
  };
}
