import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
} from 'graphql';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, toGitHubError, writerOf } from '../rest/http';
import { Json } from '../social/types';
import { createCommitOnBranch } from './createCommitOnBranch';
import { gitHubSchema } from './createSchema';
import {
  organizationNode,
  ownerNode,
  repositoryNode,
  userNode,
  Viewer,
} from './socialNodes';

const TYPES: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'STALE_DATA',
  422: 'UNPROCESSABLE',
};

/** `POST /graphql`: GitHub's schema, answered as far as the portal asks. */
export function graphqlRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.post(['/graphql', '/api/graphql'], async (request, response) => {
    const writer = writerOf(response);
    const body = bodyOf(request);
    if (typeof body.query !== 'string') {
      throw new GitHubApiError(400, 'A query attribute must be specified.');
    }
    response.json(
      await answer(
        context,
        { login: writer.actor },
        {
          query: body.query,
          variables: body.variables,
          operationName: body.operationName,
        },
      ),
    );
  });
  return router;
}

async function answer(
  context: ForgeContext,
  viewer: Required<Viewer>,
  request: { query: string; variables?: Json; operationName?: string },
): Promise<Json> {
  const schema = gitHubSchema();
  let document;
  try {
    document = parse(request.query);
  } catch (error) {
    return { errors: [{ message: String(error) }] };
  }
  const invalid = validate(schema, document);
  if (invalid.length > 0) {
    return { errors: invalid.map(error => error.toJSON()) };
  }
  if (!getOperationAST(document, request.operationName)) {
    return { errors: [{ message: 'An operation name is required' }] };
  }
  const result = await execute({
    schema,
    document,
    rootValue: rootOf(context, viewer),
    variableValues: request.variables,
    operationName: request.operationName,
  });
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map(formatError) } : {}),
  };
}

function rootOf(context: ForgeContext, viewer: Required<Viewer>): Json {
  const missing = (kind: string, name: string) =>
    new GitHubApiError(
      404,
      `Could not resolve to ${kind} with the login of '${name}'.`,
    );
  const required = async (
    node: Promise<Json | null>,
    kind: string,
    name: string,
  ) => {
    const found = await node;
    if (!found) {
      throw missing(kind, name);
    }
    return found;
  };
  return {
    viewer: () => userNode(context, viewer.login, viewer),
    repository: async (args: { owner: string; name: string }) => {
      const repository = await context.repositories.find(args.owner, args.name);
      if (
        !repository ||
        !(await context.access.permissionOf(viewer.login, repository))
      ) {
        throw new GitHubApiError(
          404,
          `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`,
        );
      }
      return await repositoryNode(context, repository, viewer);
    },
    repositoryOwner: (args: { login: string }) =>
      ownerNode(context, args.login, viewer),
    organization: (args: { login: string }) =>
      required(
        organizationNode(context, args.login, viewer),
        'an Organization',
        args.login,
      ),
    user: (args: { login: string }) =>
      required(userNode(context, args.login, viewer), 'a User', args.login),
    rateLimit: () => ({
      limit: 5000,
      cost: 1,
      remaining: 5000,
      used: 0,
      nodeCount: 0,
      resetAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    createCommitOnBranch: (args: { input: Json }) =>
      createCommitOnBranch(context, args.input, { actor: viewer.login }),
  };
}

function formatError(error: GraphQLError): Json {
  const { originalError } = error;
  const refusal = originalError ? toGitHubError(originalError) : undefined;
  return {
    ...(refusal ? { type: TYPES[refusal.status] ?? 'INTERNAL' } : {}),
    message: refusal && refusal.status < 500 ? refusal.message : error.message,
    path: error.path,
    locations: error.locations,
  };
}
