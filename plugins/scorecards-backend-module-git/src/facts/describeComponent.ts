import { JsonObject } from '@backstage/types';
import { baseImages } from './baseImages';
import { codeOwnersFacts } from './codeOwnersFacts';
import { FolderHistory, historyFacts } from './commitHistory';
import { dependencyUpdates } from './dependencyUpdates';
import { isBelow, isForeign } from './folders';
import { isLockFile, lockFileFacts } from './lockFiles';
import { terraformModules } from './terraformModules';
import { isTestFile } from './testFiles';
import { ReadFile, TreeFile } from './TreeFile';
import { isDockerfile, wellKnownFiles } from './wellKnownFiles';
import { isWorkflow, workflowFacts } from './workflows';

// Nobody writes larger ones by hand, and the parsers of YAML and Dockerfiles hold everybody up while they run.
const MOST_PARSED_BYTES = 128 * 1024;
/** GitHub reads no larger CODEOWNERS file. */
const MOST_CODE_OWNERS_BYTES = 3 * 1024 * 1024;

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
  const textOf = async (path: string | null, mostBytes: number) => {
    const file = files.find(candidate => candidate.path === path);
    return file && file.size <= mostBytes ? read(file) : undefined;
  };
  const each = async <T>(
    matches: (path: string) => boolean,
    describe: (path: string, text: string | undefined) => T,
    options: { among?: TreeFile[]; mostBytes?: number } = {},
  ): Promise<T[]> => {
    const { among = own, mostBytes = Infinity } = options;
    return Promise.all(
      among
        .filter(({ path }) => matches(path))
        .map(async file =>
          describe(
            file.path,
            file.size <= mostBytes ? await read(file) : undefined,
          ),
        ),
    );
  };

  const workflows = await each(isWorkflow, workflowFacts, {
    among: files,
    mostBytes: MOST_PARSED_BYTES,
  });
  const dependabot = await textOf(known.dependabot, MOST_PARSED_BYTES);
  const facts = {
    defaultBranch,
    folder,
    files: known,
    codeOwners: await codeOwnersFacts(
      await textOf(known.codeOwners, MOST_CODE_OWNERS_BYTES),
      own.map(({ path }) => path),
    ),
    dependencyUpdates: dependabot ? dependencyUpdates(dependabot, folder) : [],
    lockFiles: await each(isLockFile, lockFileFacts),
    baseImages: (
      await each(isDockerfile, (path, text) => baseImages(path, text ?? ''), {
        mostBytes: MOST_PARSED_BYTES,
      })
    ).flat(),
    testFiles: own.filter(({ path }) => isTestFile(path)).length,
    workflows: workflows.map(({ workflow }) => workflow),
    actions: workflows.flatMap(({ actions }) => actions),
    terraformModules: (
      await each(
        path => path.endsWith('.tf'),
        (path, text) => terraformModules(path, text ?? ''),
      )
    ).flat(),
    ...historyFacts(history),
  };
  return facts as unknown as JsonObject;
}
