import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { runProgram } from '../programs';

/** A definition in a file of the portal repository. */
export interface DefinitionFile {
  kind: 'Scorecard' | 'FactSource';
  name: string;
  path: string;
  /** As it is written. */
  definition: Record<string, unknown>;
}

/** What lies between a commit and the working tree. */
export interface DefinitionChanges {
  /** Scorecards that say something else, or are new; or read a fact source that does. */
  scorecards: DefinitionFile[];
  /** Fact sources that say something else, or are new. */
  factSources: DefinitionFile[];
  /** Are there no more. */
  removed: DefinitionFile[];
}

const PATTERN = '^kind:[ ]*.?(Scorecard|FactSource)';
const FILES = ['--', '*.yaml', '*.yml'];

type Definitions = Map<string, DefinitionFile>;

/**
 * Compares the definitions of a working tree with those of a commit.
 *
 * @param base - any name that Git knows; what came to it since the two parted is not taken for a change
 * @throws InputError when there is no such commit, or a file is no YAML
 */
export async function changedDefinitions(
  repository: string,
  base: string,
): Promise<DefinitionChanges> {
  const git = async (args: readonly string[], mayFindNothing = false) => {
    const { code, stdout, stderr } = await runProgram('git', args, {
      cwd: repository,
    });
    if (code !== 0 && !(mayFindNothing && code === 1)) {
      throw new InputError(`git ${args[0]}: ${stderr.trim()}`);
    }
    return stdout;
  };
  const found = async (...where: string[]) => {
    const search = ['grep', '-lzE', '--full-name', PATTERN];
    const list = await git([...search, ...where, ...FILES], true);
    return list.split('\0').filter(Boolean);
  };
  const root = (await git(['rev-parse', '--show-toplevel'])).trim();
  const from = (await git(['merge-base', base, 'HEAD'])).trim();

  const before: Definitions = new Map();
  for (const blob of await found(from)) {
    read(await git(['show', blob]), blob.slice(from.length + 1), before);
  }
  const after: Definitions = new Map();
  for (const path of await found()) {
    read(await readFile(join(root, path), 'utf8'), path, after);
  }
  for (const path of await untracked(git)) {
    read(await readFile(join(root, path), 'utf8'), path, after);
  }
  return compare(before, after);
}

/** New files that nobody has added yet. */
async function untracked(
  git: (args: readonly string[]) => Promise<string>,
): Promise<string[]> {
  const list = ['ls-files', '-z', '--others', '--exclude-standard'];
  const paths = await git([...list, '--full-name', ':/*.yaml', ':/*.yml']);
  return paths.split('\0').filter(Boolean);
}

function read(text: string, path: string, into: Definitions): void {
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors;
    if (error) throw new InputError(`${path}: ${error.message}`);
    const definition = document.toJS();
    const { kind, apiVersion, metadata } = definition ?? {};
    const isOurs =
      apiVersion === 'waymark.dev/v1' &&
      (kind === 'Scorecard' || kind === 'FactSource');
    if (!isOurs) continue;
    const name = String(metadata?.name);
    into.set(`${kind} ${name}`, { kind, name, path, definition });
  }
}

function compare(before: Definitions, after: Definitions): DefinitionChanges {
  const changed = [...after].flatMap(([key, one]) =>
    isDeepStrictEqual(before.get(key)?.definition, one.definition) ? [] : one,
  );
  const factSources = changed.filter(({ kind }) => kind === 'FactSource');
  const ids = factSources.map(({ definition }) =>
    String((definition.spec as { id?: unknown } | undefined)?.id),
  );
  const isConcerned = (one: DefinitionFile) =>
    changed.includes(one) ||
    ids.some(id => JSON.stringify(one.definition).includes(`facts.${id}.`));
  return {
    factSources,
    scorecards: [...after.values()].filter(
      one => one.kind === 'Scorecard' && isConcerned(one),
    ),
    removed: [...before].flatMap(([key, one]) => (after.has(key) ? [] : one)),
  };
}
