import { randomUUID } from 'node:crypto';
import { ForgeWebhookDelivery } from '../services/ForgeService';
import { ForgeState } from '../state/ForgeState';
import { Json } from '../social/types';
import { HookQueue } from './HookQueue';
import { Delivery } from './sendDelivery';

/** A hook as the API stores it; `scope` is `owner/name` or `org:<login>`. */
export interface StoredHook {
  id: number;
  scope: string;
  name: string;
  active: boolean;
  events: string[];
  config: {
    url: string;
    content_type: string;
    secret?: string;
    insecure_ssl: string;
  };
  created_at: string;
  updated_at: string;
}

/** The hook that tells the portal about everything. */
export interface BuiltInHook {
  url: string;
  secret: string;
}

/** An event as GitHub names it, with the payload that its receivers get. */
export interface WebhookEvent {
  event: string;
  payload: Json;
  organization?: string;
  /** `owner/name`. */
  repository?: string;
}

/** The number of the built-in hook in lists of deliveries. */
export const BUILT_IN_HOOK_ID = 0;
const KEPT_DELIVERIES = 200;

/**
 * Sends events to the hooks that want them. Each hook has a queue of its own,
 * so that none waits for another; {@link HookQueue} says what it promises.
 */
export class WebhookDispatcher {
  readonly #state: ForgeState;
  readonly #builtIn?: BuiltInHook;
  readonly #deliveries: Delivery[] = [];
  readonly #queues = new Map<number, HookQueue>();
  readonly #stop = new AbortController();

  constructor(options: { state: ForgeState; builtIn?: BuiltInHook }) {
    this.#state = options.state;
    this.#builtIn = options.builtIn;
  }

  /** Queues an event for every hook that wants it. */
  dispatch(event: WebhookEvent): void {
    const body = JSON.stringify(event.payload);
    const base = { event, body };
    if (this.#builtIn) {
      this.#enqueue({
        ...base,
        hookId: BUILT_IN_HOOK_ID,
        url: this.#builtIn.url,
        secret: this.#builtIn.secret,
      });
    }
    for (const hook of this.#hooksFor(event)) {
      this.#enqueue({
        ...base,
        hookId: hook.id,
        url: hook.config.url,
        secret: hook.config.secret,
      });
    }
  }

  /** Sends a `ping` to one hook, as GitHub does when it is made. */
  ping(hook: StoredHook, payload: Json): void {
    this.#enqueue({
      event: {
        event: 'ping',
        payload,
        repository: hook.scope.startsWith('org:') ? undefined : hook.scope,
      },
      body: JSON.stringify(payload),
      hookId: hook.id,
      url: hook.config.url,
      secret: hook.config.secret,
    });
  }

  /** Deliveries, newest first; without the bodies' secrets. */
  deliveries(hookId?: number): (ForgeWebhookDelivery & { payload: Json })[] {
    return this.#deliveries
      .filter(delivery => hookId === undefined || delivery.hookId === hookId)
      .map(({ body: _body, secret: _secret, ...delivery }) => delivery)
      .reverse();
  }

  /** Resolves when nothing is waiting to be sent. */
  async settled(): Promise<void> {
    await Promise.all([...this.#queues.values()].map(queue => queue.settled()));
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  #hooksFor(event: WebhookEvent): StoredHook[] {
    const scopes = [
      ...(event.repository ? [event.repository] : []),
      ...(event.organization ? [`org:${event.organization}`] : []),
    ];
    return scopes
      .flatMap(scope => this.#state.list<StoredHook>('hooks', `${scope}#`))
      .map(({ value }) => value)
      .filter(
        hook =>
          hook.active &&
          (hook.events.includes('*') || hook.events.includes(event.event)),
      );
  }

  #enqueue(options: {
    event: WebhookEvent;
    body: string;
    hookId: number;
    url: string;
    secret?: string;
  }): void {
    const { event } = options;
    const delivery: Delivery = {
      id: randomUUID(),
      hookId: options.hookId,
      url: options.url,
      event: event.event,
      action: event.payload.action,
      repository: event.repository,
      status: 'pending',
      attempts: 0,
      createdAt: new Date().toISOString(),
      body: options.body,
      secret: options.secret,
      payload: event.payload,
    };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > KEPT_DELIVERIES) {
      this.#deliveries.shift();
    }
    let queue = this.#queues.get(delivery.hookId);
    if (!queue) {
      queue = new HookQueue({ stop: this.#stop.signal });
      this.#queues.set(delivery.hookId, queue);
    }
    queue.add(delivery);
  }
}
