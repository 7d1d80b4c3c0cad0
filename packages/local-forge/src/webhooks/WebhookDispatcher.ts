import { randomUUID } from 'node:crypto';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { ForgeWebhookDelivery } from '../services/ForgeService';
import { ForgeState } from '../state/ForgeState';
import { Json } from '../social/types';
import { signPayload } from './signature';

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
const MAX_PENDING = 1_000;
const ATTEMPT_TIMEOUT_MS = 10_000;
/** A portal that starts needs a minute or two; longer is for a reconciliation. */
const RETRY_WINDOW_MS = 5 * 60_000;
const MAX_PAUSE_MS = 10_000;

interface Delivery extends ForgeWebhookDelivery {
  body: string;
  secret?: string;
  payload: Json;
}

/**
 * Sends events to the hooks that want them, in order for each receiver, and
 * tries again while a receiver is down.
 */
export class WebhookDispatcher {
  readonly #state: ForgeState;
  readonly #builtIn?: BuiltInHook;
  readonly #deliveries: Delivery[] = [];
  readonly #queues = new Map<string, Delivery[]>();
  readonly #running = new Map<string, Promise<void>>();
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
    while (this.#running.size > 0) {
      await Promise.all(this.#running.values());
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.values());
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
    const queue = this.#queues.get(delivery.url) ?? [];
    this.#queues.set(delivery.url, queue);
    if (queue.length >= MAX_PENDING) {
      const dropped = queue.shift();
      if (dropped) {
        dropped.status = 'failed';
        dropped.error = 'Too many deliveries were waiting for this receiver';
      }
    }
    queue.push(delivery);
    if (!this.#running.has(delivery.url)) {
      const run = this.#drain(delivery.url, queue).finally(() =>
        this.#running.delete(delivery.url),
      );
      this.#running.set(delivery.url, run);
    }
  }

  async #drain(url: string, queue: Delivery[]): Promise<void> {
    for (;;) {
      const delivery = queue[0];
      if (!delivery || this.#stop.signal.aborted) {
        this.#queues.delete(url);
        return;
      }
      await this.#deliver(delivery);
      if (queue[0] === delivery) {
        queue.shift();
      }
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const deadline = Date.parse(delivery.createdAt) + RETRY_WINDOW_MS;
    for (let pause = 250; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      const again = await this.#attempt(delivery);
      if (!again || this.#stop.signal.aborted) {
        return;
      }
      if (Date.now() + pause > deadline || delivery.status === 'failed') {
        delivery.status = 'failed';
        return;
      }
      await this.#sleep(pause);
    }
  }

  /** One request; returns whether it is worth another one. */
  async #attempt(delivery: Delivery): Promise<boolean> {
    delivery.attempts++;
    try {
      const response = await fetch(delivery.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/waymark',
          'x-github-event': delivery.event,
          'x-github-delivery': delivery.id,
          'x-github-hook-id': String(delivery.hookId),
          ...(delivery.secret
            ? {
                'x-hub-signature-256': signPayload(
                  delivery.secret,
                  delivery.body,
                ),
              }
            : {}),
        },
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([
          this.#stop.signal,
          AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
        ]),
      });
      await response.body?.cancel();
      delivery.statusCode = response.status;
      delivery.error = undefined;
      if (response.ok) {
        delivery.status = 'delivered';
        delivery.deliveredAt = new Date().toISOString();
        return false;
      }
      // A receiver that is starting answers 404 or 503; any other refusal is
      // its last word.
      const temporary =
        response.status >= 500 || [404, 408, 429].includes(response.status);
      if (!temporary) {
        delivery.status = 'failed';
      }
      return temporary;
    } catch (error) {
      delivery.error =
        error instanceof Error && error.cause instanceof Error
          ? error.cause.message
          : String(error);
      return true;
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    await setTimeoutPromise(milliseconds, undefined, { signal }).catch(
      () => undefined,
    );
  }
}
