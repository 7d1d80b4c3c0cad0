import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import { Clock } from '@waymark/waymark-node';
import { Forge } from '../forge/Forge';
import { upsertPullRequest } from '../pullRequest/PullRequestUpserter';
import { fields } from './fields';
import { CommitAuthor } from './publish';
import { examples } from './pullRequest.examples';
import { workspaceFolder } from './workspaceFolder';

/** A path inside a repository: relative, and it stays there. */
const REPOSITORY_PATH =
  /^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))(?!\.git(\/|$))[^\\\0]*$/;

/** `golden-paths:pull-request`: proposes the workspace to a repository; a second run updates the open pull request. */
export function createPullRequestAction(options: {
  forge: Forge;
  clock: Clock;
  author: CommitAuthor;
}) {
  return createTemplateAction({
    id: 'golden-paths:pull-request',
    description:
      'Commits files to a branch and opens a pull request; when it is open already, brings it up to date. Nothing is overwritten: commits are added',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: fields.repoUrl,
        branch: fields.branch,
        title: z => z.string().min(1).max(256),
        description: z => z.string().max(60_000),
        targetBranch: z => fields.branch(z).optional(),
        commitMessage: z => z.string().min(1).optional(),
        sourcePath: fields.sourcePath,
        targetPath: z =>
          z
            .string()
            .regex(REPOSITORY_PATH)
            .optional()
            .describe('Folder of the repository that the files go to'),
        deletions: z =>
          z
            .array(z.string().regex(REPOSITORY_PATH))
            .optional()
            .describe('Paths of the repository to delete'),
      },
      output: {
        operation: z => z.enum(['created', 'updated', 'unchanged']),
        pullRequestNumber: z => z.number().optional(),
        pullRequestUrl: z => z.string().optional(),
        commitHash: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const forge = await options.forge.connect(input.repoUrl, logger);
      const files = await serializeDirectoryContents(
        workspaceFolder(ctx, input.sourcePath),
        { gitignore: true },
      );
      const deletions = [...(input.deletions ?? [])];
      const summary = `${files.length} files and ${deletions.length} deletions on ${input.branch} to ${forge.owner}/${forge.name}`;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would propose ${summary}: ${input.title}`);
        ctx.output('operation', 'unchanged');
        return;
      }
      const result = await upsertPullRequest(forge, {
        branch: input.branch,
        title: input.title,
        body: input.description,
        commitMessage: input.commitMessage ?? input.title,
        files,
        deletions,
        targetPath: (input.targetPath ?? '').replace(/\/+$/, ''),
        base: input.targetBranch,
        author: options.author,
        at: options.clock.now(),
      });
      logger.info(
        `Proposed ${summary}: ${result.operation} ${result.url ?? ''}`,
      );
      ctx.output('operation', result.operation);
      ctx.output('pullRequestNumber', result.number);
      ctx.output('pullRequestUrl', result.url);
      ctx.output('commitHash', result.commitHash);
    },
  });
}
