import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLSchema } from 'graphql';

let built: GraphQLSchema | undefined;

/**
 * GitHub's public GraphQL schema. Building it takes a moment and some memory,
 * so it is done at the first query, and not checked: it is GitHub's.
 */
export function gitHubSchema(): GraphQLSchema {
  if (!built) {
    built = buildSchema(readFileSync(schemaFile(), 'utf8'), {
      assumeValid: true,
      assumeValidSDL: true,
      noLocation: true,
    });
  }
  return built;
}

/**
 * The package exports only an ES module that reads this file; the file itself
 * is all we need, and CommonJS cannot resolve it by name.
 */
function schemaFile(): string {
  const name = '@octokit/graphql-schema';
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, 'schema.graphql');
    if (existsSync(file)) {
      return file;
    }
  }
  throw new Error(`${name} is not installed: run yarn install`);
}
