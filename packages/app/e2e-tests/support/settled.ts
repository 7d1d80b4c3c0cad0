import { expect, type Page, type Request } from '@playwright/test';

/** How long nothing may happen before a page counts as complete: longer than the app holds back a request while one types. */
const QUIET_MILLIS = 300;

const underWay = new WeakMap<Page, Set<Request>>();

/** Answers that are never complete are not waited for. */
const isStream = (request: Request) =>
  request.resourceType() === 'eventsource' ||
  request.headers().accept === 'text/event-stream';

/** From now on {@link settled} knows what the page asks for. */
export function watchRequests(page: Page) {
  if (underWay.has(page)) return;
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', request => {
    if (!isStream(request)) requests.add(request);
  });
  page.on('requestfinished', request => requests.delete(request));
  page.on('requestfailed', request => requests.delete(request));
}

/** Resolves with whether elements came or went, or colours moved, before the time was over. */
const changesWithin = (page: Page, millis: number) =>
  page.evaluate(async time => {
    let changed = false;
    const observer = new MutationObserver(() => {
      changed = true;
    });
    observer.observe(document, { childList: true, subtree: true });
    await new Promise(done => setTimeout(done, time));
    observer.disconnect();
    const moving = document
      .getAnimations()
      .some(animation => animation instanceof CSSTransition);
    return changed || moving;
  }, millis);

/** Nothing is loading any more, and no transition of colours is under way. */
export async function settled(page: Page) {
  const loading = page
    // One with a value shows how far a task came, and stays.
    .locator('[role=progressbar]:not([aria-valuenow])')
    .filter({ visible: true });
  const requests = () =>
    [...(underWay.get(page) ?? [])].map(request => request.url());
  await expect(async () => {
    expect(requests()).toEqual([]);
    expect(await loading.count()).toBe(0);
    expect(await changesWithin(page, QUIET_MILLIS)).toBe(false);
    expect(requests()).toEqual([]);
  }).toPass({ timeout: 30_000, intervals: [50] });
}
