import { readdirSync, readFileSync, statSync } from 'fs';
import path from 'path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  RepositoryDefinition,
  repositoryDefinitionSchema,
  StackDefinition,
  stackDefinitionSchema,
} from './definition';

/** One file of a tree. */
export interface SeedFile {
  content: Buffer;
  executable: boolean;
}

/** Path (with `/`) to file. */
export type SeedTree = Map<string, SeedFile>;

/** Boilerplate with its placeholders filled in. */
export interface RenderedStack {
  name: string;
  definition: StackDefinition;
  files: SeedTree;
}

/** A repository as its author wrote it below `seed/`. */
export interface SeedSource {
  name: string;
  definition: RepositoryDefinition;
  /** Its own files, without those of the stacks. */
  files: SeedTree;
  stacks: RenderedStack[];
}

/** The folder `seed/` of this package. */
export const seedDirectory = path.join(
  path.dirname(require.resolve('@waymark/local-forge/package.json')),
  'seed',
);

function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!result.success) {
    throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** Reads every file below a folder. */
export function readTree(directory: string): SeedTree {
  const tree: SeedTree = new Map();
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const name of names.sort()) {
    const file = path.join(directory, name);
    const stats = statSync(file);
    if (stats.isFile()) {
      tree.set(name.split(path.sep).join('/'), {
        content: readFileSync(file),
        executable: (stats.mode & 0o100) !== 0,
      });
    }
  }
  return tree;
}

/** Fills `@@name@@` in, and refuses a placeholder that has no value. */
export function fillPlaceholders(
  text: string,
  variables: Record<string, string | number>,
  where: string,
): string {
  return text.replace(/@@([a-z][a-zA-Z]*)@@/g, (_, name: string) => {
    if (variables[name] === undefined) {
      throw new Error(`${where}: no value for the placeholder "${name}"`);
    }
    return String(variables[name]);
  });
}

function renderStack(
  name: string,
  variables: Record<string, string | number>,
  repository: string,
): RenderedStack {
  const directory = path.join(seedDirectory, 'stacks', name);
  const where = `${repository}, stack ${name}`;
  const fill = (text: string) => fillPlaceholders(text, variables, where);
  const definition = readYaml(
    path.join(directory, 'stack.yaml'),
    stackDefinitionSchema,
  );
  const files: SeedTree = new Map();
  for (const [file, { content, executable }] of readTree(
    path.join(directory, 'files'),
  )) {
    files.set(fill(file), {
      content: Buffer.from(fill(content.toString('utf8'))),
      executable,
    });
  }
  return {
    name,
    files,
    definition: {
      changes: definition.changes.map(change => ({
        ...change,
        messages: change.messages.map(fill),
        add: change.add.map(fill),
        edit: change.edit.map(edit => ({
          path: fill(edit.path),
          now: fill(edit.now),
          was: fill(edit.was),
        })),
      })),
    },
  };
}

/** The names of all seed repositories, in alphabetical order. */
export function listSeedNames(): string[] {
  return readdirSync(path.join(seedDirectory, 'repositories')).sort();
}

/** Reads only the definition of a repository. */
export function readDefinition(name: string): RepositoryDefinition {
  return readYaml(
    path.join(seedDirectory, 'repositories', name, 'repository.yaml'),
    repositoryDefinitionSchema,
  );
}

/** Reads a repository with its files and its stacks. */
export function readSeedSource(name: string): SeedSource {
  const definition = readDefinition(name);
  const files = readTree(
    path.join(seedDirectory, 'repositories', name, 'files'),
  );
  const variables = { name, ...definition.variables };
  const stacks = definition.stacks.map(stack =>
    renderStack(stack, variables, name),
  );
  for (const stack of stacks) {
    for (const file of stack.files.keys()) {
      if (files.has(file)) {
        throw new Error(
          `${name}: ${file} is its own and of stack ${stack.name}`,
        );
      }
    }
  }
  return { name, definition, files, stacks };
}

/** The tree that the default branch ends with. */
export function finalTree(source: SeedSource): SeedTree {
  return new Map([
    ...source.files,
    ...source.stacks.flatMap(stack => [...stack.files]),
  ]);
}
