import { Entity } from '@backstage/catalog-model';
import { BranchCommit, BareRepository, LoginOf } from './BareRepository';
import { CollectedFact } from '@waymark/scorecards-node';
import {
  componentFolder,
  continueHistory,
  describeComponent,
  FileIndex,
  TreeFile,
} from '@waymark/scorecards-backend-module-git/describe';
import { EntitySnapshot } from '@waymark/waymark-common';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { pastEntity, Surroundings } from './pastEntity';

/** What a push to a repository has changed. */
export interface PastPush {
  at: Date;
  /** What the catalog came to say of the entities that it describes. */
  snapshots: EntitySnapshot[];
  /** Refs of entities that are described no more. */
  deleted: string[];
  /** By ref of the entity. */
  facts: Map<string, CollectedFact>;
}

interface Described {
  present: EntitySnapshot;
  /** What its file says now. */
  file: Entity;
  path: string;
}

/** What the catalog and the collector of Git would have seen of one repository, push by push. */
export class RepositoryPast {
  readonly #git: BareRepository;
  readonly #branch: string;
  readonly #described: Described[];
  readonly #options: Options;
  readonly #parsed = new Map<string, Entity[]>();

  static async read(options: Options): Promise<PastPush[]> {
    const git = await BareRepository.open(options.folder);
    return new RepositoryPast(options, git).#read();
  }

  private constructor(options: Options, git: BareRepository) {
    this.#options = options;
    this.#git = git;
    this.#branch = git.defaultBranch;
    this.#described = [];
  }

  async #read(): Promise<PastPush[]> {
    const { from, to, snapshots } = this.#options;
    const commits = this.#git.branch.filter(({ at }) => at < to);
    const last = commits.at(-1);
    if (!last) return [];
    const now = this.#git.files(last.id);
    for (const present of snapshots) {
      const path = pathOf(present, this.#branch);
      const file = path && this.#entityIn(now, path, present);
      if (file) this.#described.push({ present, file, path });
    }
    const before = commits.filter(({ at }) => at <= from).at(-1);
    const pushes: PastPush[] = [];
    let known = new Map<string, EntitySnapshot>();
    for (const commit of [
      ...(before ? [{ ...before, at: from }] : []),
      ...commits.filter(({ at }) => at > from),
    ]) {
      const { push, seen } = await this.#push(commit, known);
      pushes.push(push);
      known = seen;
    }
    return pushes;
  }

  async #push(
    { id, at }: BranchCommit,
    known: ReadonlyMap<string, EntitySnapshot>,
  ): Promise<{ push: PastPush; seen: Map<string, EntitySnapshot> }> {
    const files = this.#git.files(id);
    const index = FileIndex.of(files);
    const seen = new Map<string, EntitySnapshot>();
    const facts = new Map<string, CollectedFact>();
    for (const { present, file, path } of this.#described) {
      const past = this.#entityIn(files, path, present);
      if (!past) continue;
      const { ref } = present;
      const { surroundings } = this.#options;
      const snapshot = pastEntity(present, { file, past }, surroundings);
      seen.set(ref, snapshot);
      if (present.kind === 'component') {
        facts.set(ref, await this.#fact(id, snapshot, files, index));
      }
    }
    const push = {
      at,
      facts,
      snapshots: [...seen.values()].filter(
        one => !isDeepStrictEqual(known.get(one.ref), one),
      ),
      deleted: [...known.keys()].filter(ref => !seen.has(ref)),
    };
    return { push, seen };
  }

  async #fact(
    commit: string,
    { source }: EntitySnapshot,
    files: readonly TreeFile[],
    index: FileIndex,
  ): Promise<CollectedFact> {
    const { webUrl, loginOf } = this.#options;
    const paths = new Set(files.map(({ path }) => path));
    const folder = (await componentFolder(source!, this.#branch, async path =>
      paths.has(path),
    ))!;
    const commits = await this.#git.history(commit, folder, loginOf);
    const payload = await describeComponent({
      defaultBranch: this.#branch,
      folder,
      files: index.filesFor(folder),
      read: async ({ path, sha, size }, reading) =>
        reading.of(
          path,
          size > reading.mostBytes ? undefined : this.#git.text(sha),
        ),
      history: continueHistory(undefined, commits),
    });
    const below = folder.split('/').map(encodeURIComponent).join('/');
    return {
      payload,
      commit,
      url: `${webUrl}/tree/${commit}${below && `/${below}`}`,
    };
  }

  #entityIn(
    files: readonly TreeFile[],
    path: string,
    { entity, kind }: EntitySnapshot,
  ): Entity | undefined {
    const file = files.find(one => one.path === path);
    if (!file) return undefined;
    let entities = this.#parsed.get(file.sha);
    if (!entities) {
      entities = entitiesOf(this.#git.text(file.sha));
      this.#parsed.set(file.sha, entities);
    }
    return entities.find(
      one =>
        one.metadata.name === entity.metadata.name &&
        one.kind.toLocaleLowerCase('en-US') === kind,
    );
  }
}

interface Options {
  /** Of the bare repository. */
  folder: string;
  /** Address of the repository on the forge. */
  webUrl: string;
  /** Of the entities that it describes now. */
  snapshots: readonly EntitySnapshot[];
  surroundings: Surroundings;
  loginOf: LoginOf;
  from: Date;
  to: Date;
}

function pathOf({ source }: EntitySnapshot, branch: string) {
  const prefix = `${branch}/`;
  return source?.branchAndPath.startsWith(prefix)
    ? source.branchAndPath.slice(prefix.length)
    : undefined;
}

/** What is no entity is left out, as the catalog has to do. */
function entitiesOf(text: string): Entity[] {
  return parseAllDocuments(text).flatMap(document => {
    const value = document.errors.length > 0 ? undefined : document.toJS();
    return typeof value?.kind === 'string' &&
      typeof value.metadata?.name === 'string'
      ? (value as Entity)
      : [];
  });
}
