import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Clock } from '@waymark/waymark-node';
import { Forge } from '../forge/Forge';
import { teamIds } from '../forge/teams';
import { commitFolder } from '../publish/initialCommit';
import { RepositoryClaims } from '../publish/RepositoryClaims';
import { markedMessage } from '../publish/RepositoryMark';
import { RepositoryPublisher } from '../publish/RepositoryPublisher';
import { absoluteUrl } from './absoluteUrl';
import { fields } from './fields';
import { examples } from './publish.examples';
import { runOf } from './runOf';
import { workspaceFolder } from './workspaceFolder';

/** The author of commits that the portal makes. */
export interface CommitAuthor {
  name: string;
  email: string;
}

/**
 * `golden-paths:publish`: the workspace becomes a repository. Safe to repeat: it finds the repository that this run, or an
 * interrupted one with the same template and owner, has begun, and goes on with it.
 */
export function createPublishAction(options: {
  forge: Forge;
  claims: RepositoryClaims;
  clock: Clock;
  portalUrl: string;
  author: CommitAuthor;
}) {
  const { forge, claims, clock, portalUrl, author } = options;
  const publisher = RepositoryPublisher.create({ claims, portalUrl });
  return createTemplateAction({
    id: 'golden-paths:publish',
    description:
      'Publishes the workspace as a repository with one initial commit. Goes on with what an interrupted run has begun; never overwrites anything.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: fields.repoUrl,
        description: z => z.string().max(350),
        owner: z =>
          fields
            .entityRef(z)
            .describe('The owning group; recorded in the initial commit'),
        defaultBranch: z => fields.branch(z).default('main').optional(),
        visibility: z =>
          z.enum(['private', 'public']).default('private').optional(),
        topics: z =>
          z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/)).optional(),
        access: z =>
          z
            .array(
              z.object({
                team: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/),
                permission: z.enum([
                  'pull',
                  'triage',
                  'push',
                  'maintain',
                  'admin',
                ]),
              }),
            )
            .optional()
            .describe('Teams of the owner organisation, by slug'),
        homepage: z =>
          z
            .string()
            .optional()
            .describe(
              'Page that describes the repository: a URL, or a path of the portal',
            ),
        commitMessage: z => z.string().min(1).max(72).optional(),
        sourcePath: fields.sourcePath,
      },
      output: {
        remoteUrl: z => z.string().describe('Clone address'),
        repoContentsUrl: z => z.string().describe('Page of the root folder'),
        repositoryUrl: z => z.string().describe('Page of the repository'),
        commitHash: z => z.string().describe('The initial commit'),
        resumed: z =>
          z.boolean().describe('Whether an interrupted run had begun it'),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const connection = await forge.connect(input.repoUrl, logger);
      const fullName = `${connection.owner}/${connection.name}`;
      const run = runOf(ctx, input.owner);
      const credentials = await ctx.getInitiatorCredentials();
      const branch = input.defaultBranch ?? 'main';
      const access = input.access ?? [];
      // First: a repository that nobody has access to must not be what is left of a run.
      await teamIds(
        connection,
        access.map(({ team }) => team),
        'access',
      );
      const gitdir = await ctx.createTemporaryDirectory();
      const commit = await commitFolder({
        folder: workspaceFolder(ctx, input.sourcePath),
        gitdir,
        branch,
        message: markedMessage(
          input.commitMessage ?? 'Start on the paved road',
          run,
        ),
        author,
        at: clock.now(),
      });

      if (ctx.isDryRun) {
        const claim = await claims.inspect(connection, run, credentials);
        if (claim.state === 'foreign') {
          throw new ConflictError(
            `There is already a repository ${fullName}, and ${claim.reason}`,
          );
        }
        logger.info(
          `Dry run: would create the ${
            input.visibility ?? 'private'
          } repository ${fullName} with ${
            commit.files
          } files in one commit on ${branch}`,
        );
        const page = `https://${connection.host}/${fullName}`;
        ctx.output('remoteUrl', `${page}.git`);
        ctx.output('repoContentsUrl', `${page}/blob/${branch}`);
        ctx.output('repositoryUrl', page);
        ctx.output('commitHash', commit.sha);
        ctx.output('resumed', false);
        return;
      }

      const published = await ctx.checkpoint({
        key: `publish.${fullName}`,
        fn: async () => {
          const { repository, commitHash, resumed } = await publisher.publish({
            forge: connection,
            run,
            credentials,
            commit,
            logger,
            plan: {
              description: input.description,
              visibility: input.visibility ?? 'private',
              topics: [...(input.topics ?? [])],
              teams: access.map(({ team, permission }) => ({
                slug: team,
                permission,
              })),
              homepage: absoluteUrl(input.homepage, portalUrl),
            },
          });
          return {
            remoteUrl: repository.clone_url,
            repositoryUrl: repository.html_url,
            commitHash,
            resumed,
          };
        },
      });
      ctx.output('remoteUrl', published.remoteUrl);
      ctx.output('repositoryUrl', published.repositoryUrl);
      ctx.output(
        'repoContentsUrl',
        `${published.repositoryUrl}/blob/${branch}`,
      );
      ctx.output('commitHash', published.commitHash);
      ctx.output('resumed', published.resumed);
    },
  });
}
