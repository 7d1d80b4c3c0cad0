import { ForgeContext } from './ForgeContext';
import { BareRepositories } from './git/BareRepositories';
import { DefaultForgeService } from './services/DefaultForgeService';
import { Access } from './social/Access';
import { MergeFactsReader } from './social/MergeFactsReader';
import { MergeService } from './social/MergeService';
import { People } from './social/People';
import { PullFollower } from './social/PullFollower';
import { PullRequestService } from './social/PullRequestService';
import { RefService } from './social/RefService';
import { RepositoryService } from './social/RepositoryService';
import { ReviewService } from './social/ReviewService';
import { StatusService } from './social/StatusService';
import { ForgeState } from './state/ForgeState';
import { ForgeEvents } from './webhooks/ForgeEvents';
import { BuiltInHook, WebhookDispatcher } from './webhooks/WebhookDispatcher';

/** Joins the parts of the forge: only wiring. */
export async function buildContext(options: {
  state: ForgeState;
  bare: BareRepositories;
  baseUrl: string;
  bot: string;
  logins: readonly string[];
  builtInHook?: BuiltInHook;
  log(line: string): void;
}): Promise<ForgeContext> {
  const { state, bare, bot, baseUrl, log } = options;
  const people = await People.create({ state, bot, logins: options.logins });
  const access = new Access({ state, bot });
  const repositories = new RepositoryService({ state, bare });
  const refs = new RefService({ state, repositories, access, bot, log });
  const statuses = new StatusService({ state, people });
  const mergeFacts = new MergeFactsReader({ state, refs, access, statuses });
  const pulls = new PullRequestService({
    state,
    repositories,
    mergeFacts,
  });
  const follower = new PullFollower({ repositories, pulls });
  const merges = new MergeService({
    state,
    repositories,
    refs,
    pulls,
    access,
    people,
    log,
  });
  const webhooks = new WebhookDispatcher({
    state,
    builtIn: options.builtInHook,
  });
  const events = new ForgeEvents({
    dispatcher: webhooks,
    people,
    repositories,
  });
  const reviews = new ReviewService({ state, pulls, events });
  refs.onChange((...change) => follower.follow(...change));
  refs.onChange((...change) => events.refsChanged(...change));
  repositories.onChange((...change) => events.repositoryChanged(...change));
  pulls.onChange((...change) => events.pullChanged(...change));

  const context: ForgeContext = {
    baseUrl,
    bot,
    state,
    bare,
    people,
    access,
    repositories,
    refs,
    statuses,
    pulls,
    mergeFacts,
    merges,
    reviews,
    events,
    webhooks,
    service: new DefaultForgeService(() => context),
  };
  return context;
}
