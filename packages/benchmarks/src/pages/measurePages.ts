import type { Page } from '@playwright/test';
import { rm } from 'node:fs/promises';
import type { Samples } from '../figures';
import {
  launchBrowser,
  millisecondsToUsable,
  PERSONA,
  signInAs,
} from '../portal/browser';
import {
  catalogIsRead,
  emptyFolder,
  freePorts,
  startPortal,
} from '../portal/harness';
import { startServing, type Served } from './startServing';

const PATH = '/scorecards/scorecard-0';
const HEADING = /^Scorecard 0$/;
const WORKLOAD = { entities: 10_000, checks: 100 };

const heatMap = (page: Page) =>
  page.getByRole('table', { name: /^Share of passing/ });

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
        // As for whoever has been in the portal today, the browser has what is the same on each page.
        await openHeatMap(page, portal.url);
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

/** Sends what a page reads of scorecards to the workload. */
async function readFrom(
  { url, authorization }: Served,
  page: Page,
): Promise<void> {
  await page.route('**/api/scorecards/**', async route => {
    const { pathname, search } = new URL(route.request().url());
    const path = pathname.replace('/api/scorecards', '');
    await route.continue({
      url: `${url}${path}${search}`,
      headers: { ...(await route.request().allHeaders()), authorization },
    });
  });
}

async function openHeatMap(page: Page, portal: string): Promise<number> {
  const started = performance.now();
  await millisecondsToUsable(page, `${portal}${PATH}`, HEADING);
  await heatMap(page).getByRole('row').nth(1).waitFor();
  await page.evaluate(
    () => new Promise<void>(done => requestIdleCallback(() => done())),
  );
  return performance.now() - started;
}

/** From a click on a cell of the heat map until the entities behind it stand there. */
async function drillDown(page: Page): Promise<number> {
  const cell = heatMap(page).getByRole('row').nth(2).getByRole('link').last();
  await cell.scrollIntoViewIfNeeded();
  const started = performance.now();
  await cell.click();
  await page
    .getByRole('table', { name: /^Entities of/ })
    .getByRole('rowheader')
    .first()
    .waitFor();
  return performance.now() - started;
}
