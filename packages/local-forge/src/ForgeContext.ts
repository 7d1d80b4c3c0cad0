import { BareRepositories } from './git/BareRepositories';
import { ForgeService } from './services/ForgeService';
import { Access } from './social/Access';
import { MergeFactsReader } from './social/MergeFactsReader';
import { MergeService } from './social/MergeService';
import { People } from './social/People';
import { PullRequestService } from './social/PullRequestService';
import { RefService } from './social/RefService';
import { ReviewService } from './social/ReviewService';
import { RepositoryService } from './social/RepositoryService';
import { StatusService } from './social/StatusService';
import { ForgeState } from './state/ForgeState';
import { ForgeEvents } from './webhooks/ForgeEvents';
import { WebhookDispatcher } from './webhooks/WebhookDispatcher';

/** The parts of a running forge, as routes and services need them. */
export interface ForgeContext {
  /** Public URL without a trailing slash, e.g. `http://localhost:7009`. */
  baseUrl: string;
  /** Login of the user the token belongs to. */
  bot: string;
  state: ForgeState;
  bare: BareRepositories;
  people: People;
  access: Access;
  repositories: RepositoryService;
  refs: RefService;
  statuses: StatusService;
  pulls: PullRequestService;
  mergeFacts: MergeFactsReader;
  merges: MergeService;
  reviews: ReviewService;
  events: ForgeEvents;
  webhooks: WebhookDispatcher;
  service: ForgeService;
}
