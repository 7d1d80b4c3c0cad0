import { Router } from 'express';
import { parseDocument } from 'yaml';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { encodePath, nodeId } from '../rest/formatCommit';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

/** Workflows: the files that are there, and their dispatch. */
export function workflowRoutes(
  context: ForgeContext,
  router: Router,
  base: string,
): void {
  router.get(`${base}/workflows`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const workflows = await listWorkflows(
      context,
      repository,
      repository.default_branch,
    );
    response.json({
      total_count: workflows.length,
      workflows: paginate(context, request, response, workflows),
    });
  });

  router.get(`${base}/workflows/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    response.json(
      await workflowOf(
        context,
        repository,
        request.params.id,
        repository.default_branch,
      ),
    );
  });

  router.post(`${base}/workflows/:id/dispatches`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const { ref } = bodyOf(request);
    if (typeof ref !== 'string' || !ref) {
      throw new GitHubApiError(
        422,
        'Invalid request.\n\n"ref" wasn\'t supplied.',
      );
    }
    const reader = await context.repositories.reader(repository);
    if (!(await reader.resolve(ref))) {
      throw new GitHubApiError(422, `No ref found for: ${ref}`);
    }
    const workflow = await workflowOf(
      context,
      repository,
      request.params.id,
      ref,
    );
    const file = await reader.file(ref, workflow.path);
    if (
      !triggersOf(file?.content.toString('utf8') ?? '').has('workflow_dispatch')
    ) {
      throw new GitHubApiError(
        422,
        "Workflow does not have 'workflow_dispatch' trigger",
      );
    }
    const writer = writerOf(response);
    await context.events.inRepository(
      'workflow_dispatch',
      repository,
      { inputs: bodyOf(request).inputs ?? {}, ref, workflow: workflow.path },
      writer,
    );
    response.status(204).end();
  });
}

async function workflowOf(
  context: ForgeContext,
  repository: RestRepository,
  id: string,
  ref: string,
): Promise<Json> {
  const workflows = await listWorkflows(context, repository, ref);
  const workflow = workflows.find(
    candidate =>
      String(candidate.id) === id ||
      candidate.path === id ||
      candidate.path === `.github/workflows/${id}`,
  );
  if (!workflow) {
    throw notFound();
  }
  return workflow;
}

async function listWorkflows(
  context: ForgeContext,
  repository: RestRepository,
  ref: string,
): Promise<Json[]> {
  const reader = await context.repositories.reader(repository);
  const commit = await reader.resolve(ref);
  const folder = commit
    ? await reader.entry(commit, '.github/workflows')
    : undefined;
  if (!commit || folder?.type !== 'tree') {
    return [];
  }
  const entries = await reader.tree(commit, '.github/workflows');
  const workflows: Json[] = [];
  for (const entry of entries) {
    if (entry.type === 'blob' && /\.ya?ml$/.test(entry.name)) {
      const text = (await reader.blob(entry.sha)).toString('utf8');
      const id = stableNumber(`${repository.id}:${entry.path}`);
      const url = `${repository.url}/actions/workflows/${id}`;
      workflows.push({
        id,
        node_id: nodeId('Workflow', id),
        name: nameOf(text) ?? entry.path,
        path: entry.path,
        state: 'active',
        created_at: repository.created_at,
        updated_at: repository.updated_at,
        url,
        html_url: `${repository.html_url}/blob/${ref}/${encodePath(
          entry.path,
        )}`,
        badge_url: `${repository.html_url}/workflows/${entry.name}/badge.svg`,
      });
    }
  }
  return workflows;
}

function workflowDocument(text: string): Json {
  const value = parseDocument(text).toJS();
  return value && typeof value === 'object' ? value : {};
}

function nameOf(text: string): string | undefined {
  const { name } = workflowDocument(text);
  return typeof name === 'string' ? name : undefined;
}

/** Names of the events that start a workflow. */
export function triggersOf(text: string): Set<string> {
  const { on } = workflowDocument(text);
  if (typeof on === 'string') {
    return new Set([on]);
  }
  return new Set(Array.isArray(on) ? on : Object.keys(on ?? {}));
}

/** A number that is the same at every start (FNV-1a). */
function stableNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
