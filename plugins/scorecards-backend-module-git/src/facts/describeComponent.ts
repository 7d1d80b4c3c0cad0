import { JsonObject, JsonValue } from '@backstage/types';
import { codeOwnersFacts } from './codeOwnersFacts';
import { FolderHistory, historyFacts } from './commitHistory';
import { dependencyUpdates } from './dependencyUpdates';
import { isBelow, isForeign } from './folders';
import { isLockFile } from './lockFiles';
import {
  CODE_OWNERS,
  DEPENDABOT,
  DOCKERFILE,
  LOCK_FILE,
  MANIFEST,
  TERRAFORM,
  WORKFLOW,
} from './readings';
import { imageRuntimes, isRuntimeFile } from './runtimes';
import { isTerraform } from './terraformModules';
import { isTestFile } from './testFiles';
import { Reading, ReadFile, TreeFile } from './TreeFile';
import { UnreadFiles, UnreadKind } from './UnreadFiles';
import { isDockerfile, wellKnownFiles } from './wellKnownFiles';
import { isWorkflow } from './workflows';

/** A row is read with each evaluation. */
const MOST_LISTED = 500;

/** Everything that the facts of one component are made of. */
export interface ComponentInput {
  defaultBranch: string;
  /** Folder of the component; empty when the repository is its own. */
  folder: string;
  /** Files below the folder, in the folders above it, and in `.github` and `docs` of the repository. */
  files: readonly TreeFile[];
  read: ReadFile;
  /** Of the folder; undefined when no commit has changed it. */
  history: FolderHistory | undefined;
}

/** Says what lies in a repository: the payload of the fact source `git`. A pure function of one commit. */
export async function describeComponent(
  input: ComponentInput,
): Promise<JsonObject> {
  const { defaultBranch, folder, read, history } = input;
  const files = [...input.files].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
  const own = files.filter(
    ({ path }) => isBelow(path, folder) && !isForeign(path),
  );
  const known = wellKnownFiles(
    files.map(({ path }) => path),
    folder,
  );
  const unread = UnreadFiles.create();
  const take = <T extends JsonValue | object>(
    kind: UnreadKind,
    file: TreeFile,
    reading: Reading<T>,
  ): Promise<T> => {
    unread.check(kind, file, reading);
    return read(file, reading);
  };
  const textOf = async (
    kind: UnreadKind,
    path: string | null,
    reading: Reading<string | null>,
  ) => {
    const file = files.find(candidate => candidate.path === path);
    return (file && (await take(kind, file, reading))) ?? undefined;
  };
  const each = async <T extends object>(
    kind: UnreadKind,
    matches: (path: string) => boolean,
    reading: Reading<T>,
    among = own,
  ): Promise<T[]> =>
    Promise.all(
      among
        .filter(({ path }) => matches(path))
        .map(file => take(kind, file, reading)),
    );

  const workflows = await each('workflow', isWorkflow, WORKFLOW, files);
  workflows.forEach(({ workflow: { path, problem } }) =>
    unread.add('workflow', path, problem),
  );
  const dependabot = await textOf('dependabot', known.dependabot, DEPENDABOT);
  const dockerfiles = await each('dockerfile', isDockerfile, DOCKERFILE);
  const manifests = await each('manifest', isRuntimeFile, MANIFEST);
  const baseImages = dockerfiles.flatMap(({ images }) => images);
  const facts = {
    defaultBranch,
    folder,
    files: known,
    codeOwners: await codeOwnersFacts(
      await textOf('codeOwners', known.codeOwners, CODE_OWNERS),
      own.map(({ path }) => path),
    ),
    dependencyUpdates: dependabot ? dependencyUpdates(dependabot, folder) : [],
    lockFiles: await each('lockFile', isLockFile, LOCK_FILE),
    baseImages,
    containers: dockerfiles.map(({ container }) => container),
    runtimes: [
      ...manifests.flatMap(({ runtimes }) => runtimes),
      ...imageRuntimes(baseImages),
    ].slice(0, MOST_LISTED),
    dependencies: manifests
      .flatMap(({ dependencies }) => dependencies)
      .slice(0, MOST_LISTED),
    testFiles: own.filter(({ path }) => isTestFile(path)).length,
    workflows: workflows.map(({ workflow }) => workflow),
    actions: workflows.flatMap(({ actions }) => actions),
    terraformModules: (await each('terraform', isTerraform, TERRAFORM)).flat(),
    unread: unread.list(),
    ...historyFacts(history),
  };
  return facts as unknown as JsonObject;
}
