import type { Page } from '@playwright/test';
import { rm } from 'node:fs/promises';
import type { Samples } from '../figures';
import { launchBrowser, PERSONA, signInAs } from '../portal/browser';
import {
  catalogIsRead,
  emptyFolder,
  freePorts,
  startPortal,
} from '../portal/harness';
import { startServing, type Served } from './startServing';

const API = '/api/scorecards';
const PATH = '/scorecards/scorecard-0';
const HEAT_MAP = 'table[aria-label^="Share of passing"] tbody';
const ENTITIES = 'table[aria-label^="Entities of"] tbody';
const WARM = 3;
/** Milliseconds that a person takes at least to find what to click on. */
const LOOK = 1_000;
const WORKLOAD = { entities: 10_000, checks: 100 };

/**
 * The page of a scorecard of 10,000 components: a portal of this checkout whose reads of scorecards are answered by the
 * plugin over such a workload, since its own catalog is a small company's.
 */
export async function measurePages(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const state = await emptyFolder();
  const served = await startServing(WORKLOAD);
  try {
    samples.remark(`evaluated in ${served.secondsToResults.toFixed(1)} s`);
    const portal = await startPortal({ state, ...(await freePorts()) });
    try {
      await catalogIsRead(portal.url, PERSONA);
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage({
          viewport: { width: 1440, height: 900 },
        });
        await signInAs(page, portal.url, PERSONA);
        await readFrom(served, page);
        // As for whoever has been in the portal today, the browser has what is the same on each page, and the portal has started long ago.
        for (let warm = 0; warm < WARM; warm += 1) {
          await openHeatMap(page, portal.url);
          await drillDown(page);
        }
        for (let round = 0; round < rounds; round += 1) {
          samples.add('scorecardPage', await openHeatMap(page, portal.url));
          samples.add('drillDown', await drillDown(page));
        }
      } finally {
        await browser.close();
      }
    } finally {
      await portal.stop();
    }
  } finally {
    await served.stop();
    await rm(state, { recursive: true, force: true });
  }
}

/**
 * Sends what a page reads of scorecards to the workload; `page.route` would do it too, but turns the browser's cache
 * off, which whoever works in the portal has on.
 */
async function readFrom(
  { url, authorization }: Served,
  page: Page,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const { pathname, search } = new URL(request.url);
    const headers = { ...request.headers, authorization };
    session
      .send('Fetch.continueRequest', {
        requestId,
        url: `${url}${pathname.replace(API, '')}${search}`,
        headers: Object.entries(headers).map(([name, value]) => ({
          name,
          value,
        })),
      })
      // A page that is left does not wait for what it has asked for.
      .catch(() => {});
  });
  await session.send('Fetch.enable', {
    patterns: [{ urlPattern: `*${API}/*` }],
  });
}

/** In milliseconds since the page was asked for. */
async function openHeatMap(page: Page, portal: string): Promise<number> {
  await page.goto(`${portal}${PATH}`, { waitUntil: 'commit' });
  return usableAt(page, HEAT_MAP);
}

/** In milliseconds from a click on a cell of the heat map until the entities behind it stand there. */
async function drillDown(page: Page): Promise<number> {
  const cell = page.locator(`${HEAT_MAP} tr`).nth(1).getByRole('link').last();
  await page.evaluate(() => {
    document.addEventListener('click', () => performance.mark('clicked'), {
      capture: true,
      once: true,
    });
  });
  await page.waitForTimeout(LOOK);
  await cell.click();
  const usable = await usableAt(page, ENTITIES);
  const clicked = await page.evaluate(
    () => performance.getEntriesByName('clicked')[0].startTime,
  );
  return usable - clicked;
}

/**
 * When rows of a table stand there and the browser has been idle enough to answer an input, on the clock of the page.
 * The page itself looks at every frame: Playwright would look at ever longer intervals.
 */
async function usableAt(page: Page, table: string): Promise<number> {
  return page.evaluate(
    rows =>
      new Promise<number>(done => {
        const look = () =>
          document.querySelector(rows)
            ? requestIdleCallback(() => done(performance.now()))
            : requestAnimationFrame(look);
        look();
      }),
    `${table} tr`,
  );
}
