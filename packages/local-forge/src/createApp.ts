import express, { Express } from 'express';
import { notFound } from './errors';
import { ForgeContext } from './ForgeContext';
import { GitReader } from './git/read';
import { graphqlRoutes } from './graphql/graphqlRoutes';
import { createPages, Persona } from './pages';
import { errorHandler } from './rest/http';
import { loopbackOnly } from './rest/loopbackOnly';
import { actionsRoutes } from './routes/actions';
import { authenticate } from './routes/authenticate';
import { avatarRoutes } from './routes/avatars';
import { branchRoutes } from './routes/branches';
import { collaboratorRoutes } from './routes/collaborators';
import { commitRoutes } from './routes/commits';
import { compareRoutes } from './routes/compare';
import { contentsRoutes } from './routes/contents';
import { deploymentRoutes } from './routes/deployments';
import { environmentRoutes } from './routes/environments';
import { gitRoutes } from './routes/git';
import { gitObjectRoutes } from './routes/gitObjects';
import { gitRefRoutes } from './routes/gitRefs';
import { hookRoutes } from './routes/hooks';
import { metaRoutes } from './routes/meta';
import { organizationRoutes } from './routes/organizations';
import { protectionRoutes } from './routes/protection';
import { pullRoutes } from './routes/pulls';
import { rawRoutes } from './routes/raw';
import { repositoryRoutes } from './routes/repositories';
import { rulesetRoutes } from './routes/rulesets';
import { securityRoutes } from './routes/securityFeatures';
import { settingsRoutes } from './routes/settings';
import { socialRoutes } from './routes/social';
import { teamRepositoryRoutes } from './routes/teamRepositories';
import { teamRoutes } from './routes/teams';
import { commitNewBranch } from './services/commitNewBranch';

/** GitHub's limit for a file through its API, with the Base64 around it. */
const MAX_BODY = '140mb';

/** Pages, Git and the API on one address, as at GitHub's. */
export function createApp(
  context: ForgeContext,
  options: {
    token: string;
    personas: readonly Persona[];
    log(line: string): void;
  },
): Express {
  const { log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.set('strict routing', false);

  app.use(loopbackOnly);
  // Before the pages, whose addresses raw files look like.
  app.use(rawRoutes(context));
  app.use(avatarRoutes(context));
  app.use(
    createPages({
      service: context.service,
      personas: options.personas,
      baseUrl: context.baseUrl,
      openRepository: async (owner, name) => {
        const repository = await context.repositories.get(owner, name);
        return await GitReader.open(context.repositories.directory(repository));
      },
      commitFile: (owner, name, change) =>
        commitNewBranch(context, owner, name, change),
      onError: error => log(`A page failed: ${error}`),
    }),
  );
  app.use((request, _response, next) => {
    // fetch() sends `no-cache` along with If-None-Match; GitHub answers 304 all
    // the same, and clients count on it.
    delete request.headers['cache-control'];
    next();
  });
  app.use(
    authenticate({
      token: options.token,
      bot: context.bot,
      isUser: login => context.state.hasUser(login),
    }),
  );
  // Before the body parser: a push is streamed to Git.
  app.use(gitRoutes(context));
  app.use(express.raw({ type: () => true, limit: MAX_BODY }));
  for (const routes of [
    metaRoutes,
    graphqlRoutes,
    organizationRoutes,
    teamRoutes,
    teamRepositoryRoutes,
    repositoryRoutes,
    collaboratorRoutes,
    contentsRoutes,
    gitObjectRoutes,
    gitRefRoutes,
    commitRoutes,
    compareRoutes,
    protectionRoutes,
    rulesetRoutes,
    branchRoutes,
    pullRoutes,
    hookRoutes,
    settingsRoutes,
    securityRoutes,
    actionsRoutes,
    environmentRoutes,
    deploymentRoutes,
    socialRoutes,
  ]) {
    app.use(routes(context));
  }
  app.use(() => {
    throw notFound();
  });
  app.use(errorHandler(log));
  return app;
}
