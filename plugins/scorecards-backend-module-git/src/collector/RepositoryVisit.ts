import { NotFoundError } from '@backstage/errors';
import {
  CollectContext,
  CollectTarget,
  PreviousFact,
  RateLimitedError,
  RepositoryApi,
} from '@waymark/scorecards-node';
import { ATTESTATION_FILE } from '@waymark/scorecards-common';
import { describeComponent } from '../facts/describeComponent';
import { textUpTo } from '../facts/TreeFile';
import { whyUnreadable } from '../facts/UnreadFiles';
import { FileReadings } from '../repository/FileReadings';
import { HistoryReader } from '../repository/HistoryReader';
import { listTreeOf, RepositoryTree } from '../repository/RepositoryTree';
import { componentFolder } from './componentFolder';
import { recall, RepositoryMemory, toState } from './memory';

/** Id of the collector and of its fact source. */
export const GIT = 'git';

// Who is given the file refuses one far smaller than this, and says so.
const ATTESTATIONS = textUpTo(8 * 1024 * 1024);

// No commit tells that the default branch has another name, so it is asked for now and then.
const ASK_AGAIN_MILLIS = 6 * 60 * 60_000;

/** One visit to one repository: one cheap request when nothing has changed since the last. */
export class RepositoryVisit {
  readonly #api: RepositoryApi;
  readonly #readings: FileReadings;
  readonly #context: CollectContext;
  readonly #before: RepositoryMemory | undefined;
  #tree: Promise<RepositoryTree> | undefined;

  static async make(
    api: RepositoryApi,
    readings: FileReadings,
    context: CollectContext,
  ): Promise<void> {
    await new RepositoryVisit(api, readings, context).#run();
  }

  private constructor(
    api: RepositoryApi,
    readings: FileReadings,
    context: CollectContext,
  ) {
    this.#api = api;
    this.#readings = readings;
    this.#context = context;
    this.#before = recall(context.state);
  }

  async #run(): Promise<void> {
    const { entities, fail, remember, signal } = this.#context;
    const now = await this.#arrive();
    const histories = HistoryReader.create(this.#api, now.head);
    for (const entity of entities) {
      try {
        this.#api.requireSame(entity, now.repositoryId);
        await this.#collect(entity, now, histories);
        now.described[entity.ref] = entity.source!.branchAndPath;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RateLimitedError) {
          throw error;
        }
        fail(entity.ref, error);
      }
    }
    await this.#attest(now);
    remember(toState(now));
  }

  /** Learns where the repository stands. */
  async #arrive(): Promise<RepositoryMemory> {
    const before = this.#before;
    const { isWhole, now } = this.#context;
    const answer = await this.#api.askAgain(
      'the last commit',
      before?.etag,
      (octokit, request) =>
        octokit.rest.repos.listCommits({ ...request, per_page: 1 }),
    );
    const head = answer ? answer.data[0]?.sha : before?.head;
    if (!head) {
      throw new NotFoundError('The repository has no commit');
    }
    const etag = answer ? answer.etag : before?.etag;
    const same = before?.head === head;
    if (same && now.getTime() - Date.parse(before.askedAt) < ASK_AGAIN_MILLIS) {
      return { ...before, etag };
    }
    const { data } = await this.#api.ask(
      'the default branch',
      (octokit, request) => octokit.rest.repos.get({ ...request }),
    );
    return {
      head,
      etag,
      defaultBranch: data.default_branch,
      url: data.html_url,
      askedAt: now.toISOString(),
      described: same ? before.described : {},
      // Those of folders that this call does not come to are read on from where they end.
      histories: before && (same || !isWhole) ? before.histories : {},
      attestations: same ? before.attestations : undefined,
      repositoryId: String(data.id),
    };
  }

  async #collect(
    entity: CollectTarget,
    now: RepositoryMemory,
    histories: HistoryReader,
  ): Promise<void> {
    const { report } = this.#context;
    const previous = entity.previous.get(GIT);
    if (previous && this.#stands(entity, previous, now)) {
      const { payload, url, commit } = previous;
      report(entity.ref, { payload, url, commit });
      return;
    }
    const { head, defaultBranch } = now;
    this.#tree ??= RepositoryTree.read(listTreeOf(this.#api), head);
    const tree = await this.#tree;
    const folder = await componentFolder(entity.source!, defaultBranch, path =>
      tree.find(path).then(file => file !== undefined),
    );
    if (folder === undefined) {
      throw new NotFoundError(
        `The file that describes the entity is not on the default branch ${defaultBranch}: ${
          entity.source!.branchAndPath
        }`,
      );
    }
    const known = await histories.read(
      folder,
      now.histories[folder] ?? this.#before?.histories[folder],
    );
    now.histories[folder] = known;
    const payload = await describeComponent({
      defaultBranch,
      folder,
      files: await tree.filesFor(folder),
      read: this.#readings.readerOf(this.#api),
      history: known.history,
    });
    const path = folder.split('/').map(encodeURIComponent).join('/');
    report(entity.ref, {
      payload,
      url: `${now.url}/tree/${head}${path && `/${path}`}`,
      commit: head,
    });
  }

  /** Each time: an entity that the file speaks of may be known only now. */
  async #attest(now: RepositoryMemory): Promise<void> {
    if (this.#tree) {
      const tree = await this.#tree;
      now.attestations = await tree.find(ATTESTATION_FILE);
    }
    const { attestations, head, url, repositoryId } = now;
    if (!attestations) {
      return;
    }
    const file = { path: ATTESTATION_FILE, ...attestations };
    const text = await this.#readings.readerOf(this.#api)(file, ATTESTATIONS);
    const found = {
      repository: { ...this.#api.repository, repositoryId },
      commit: head,
      url: `${url}/blob/${head}/${ATTESTATION_FILE}`,
    };
    this.#context.attest(
      text === null
        ? { ...found, problem: whyUnreadable(file, ATTESTATIONS)! }
        : { ...found, text },
    );
  }

  /** Whether the previous fact describes this very commit. */
  #stands(
    { ref, source }: CollectTarget,
    { payload, commit }: PreviousFact,
    { head, described, defaultBranch }: RepositoryMemory,
  ): boolean {
    return (
      described[ref] === source?.branchAndPath &&
      commit === head &&
      payload.defaultBranch === defaultBranch
    );
  }
}
