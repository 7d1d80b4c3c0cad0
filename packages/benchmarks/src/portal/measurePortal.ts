import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { FigureId, Samples } from '../figures';
import {
  launchBrowser,
  millisecondsToUsable,
  PERSONA,
  signInAs,
} from './browser';
import {
  catalogIsRead,
  emptyFolder,
  freePorts,
  startPortal,
  type Ports,
} from './harness';
import type { RunningPortal } from './launcher';
import { DescriptionPusher } from './push';

const COMPONENT = '/catalog/default/component/checkout-api';
const PAGES: Array<{ id: FigureId; path: string; text: RegExp }> = [
  { id: 'homePage', path: '/', text: /attention/i },
  { id: 'catalogPage', path: '/catalog', text: /Checkout API/ },
  { id: 'componentPage', path: COMPONENT, text: /On call now/ },
  {
    id: 'groupPage',
    path: '/catalog/default/group/checkout',
    text: /members \(/,
  },
];
const PUSH_WITHIN_MS = 60_000;

/** Start times, pages and pushes of one portal of this checkout. */
export async function measureRunningPortal(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const state = await emptyFolder();
  try {
    samples.remark('first start, which reads everything once');
    const at = { state, ...(await freePorts()) };
    const first = await startPortal(at);
    // It has read everything once before it is stopped for the first time.
    await catalogIsRead(first.url, PERSONA).finally(() => first.stop());
    for (let round = 0; round < rounds; round += 1) {
      const portal = await startPortal(at);
      await portal.stop();
      samples.add('secondStart', portal.secondsToReady);
    }
    await measureInBrowser(at, rounds, samples);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function measureInBrowser(
  at: { state: string } & Ports,
  rounds: number,
  samples: Samples,
): Promise<void> {
  const portal = await startPortal(at);
  try {
    await catalogIsRead(portal.url, PERSONA);
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
      });
      await signInAs(page, portal.url, PERSONA);
      await measurePages(page, portal, rounds, samples);
      await measurePushes(page, portal, at.state, rounds, samples);
    } finally {
      await browser.close();
    }
  } finally {
    await portal.stop();
  }
}

async function measurePages(
  page: Page,
  portal: RunningPortal,
  rounds: number,
  samples: Samples,
): Promise<void> {
  for (const { id, path, text } of PAGES) {
    for (let round = 0; round < rounds; round += 1) {
      samples.add(
        id,
        await millisecondsToUsable(page, portal.url + path, text),
      );
    }
  }
}

async function measurePushes(
  page: Page,
  portal: RunningPortal,
  state: string,
  rounds: number,
  samples: Samples,
): Promise<void> {
  const token = (await readFile(join(state, 'forge', 'token'), 'utf8')).trim();
  const pusher = await DescriptionPusher.create({
    forgeUrl: portal.forgeUrl,
    token,
    repository: 'acme/checkout-api',
  });
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const description = `Pushed by the benchmark, round ${round}`;
      const push = await pusher.prepare(description);
      const started = performance.now();
      await push();
      for (;;) {
        await page.goto(portal.url + COMPONENT);
        await page
          .getByText(/On call/)
          .first()
          .waitFor();
        if (await page.getByText(description).first().isVisible()) break;
        if (performance.now() - started > PUSH_WITHIN_MS) {
          throw new Error('A push was not visible within a minute');
        }
      }
      samples.add('push', (performance.now() - started) / 1000);
    }
  } finally {
    await pusher.close();
  }
}
