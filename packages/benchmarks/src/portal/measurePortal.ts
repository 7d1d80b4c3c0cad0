import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { Figure } from '../statistics';
import { launchBrowser, millisecondsToUsable, signInAs } from './browser';
import { emptyFolder, repositoryRoot, startPortal } from './harness';
import { DescriptionPusher } from './push';

const run = promisify(execFile);
const PERSONA = 'dev-checkout';

const PAGES: Array<{ name: string; path: string; text: RegExp }> = [
  { name: 'home', path: '/', text: /attention/i },
  { name: 'catalog', path: '/catalog', text: /Checkout API/ },
  {
    name: 'component',
    path: '/catalog/default/component/checkout-api',
    text: /On call now/,
  },
  {
    name: 'group',
    path: '/catalog/default/group/checkout',
    text: /members \(/,
  },
];

/**
 * From an empty folder to a page one can use: clone, `npm start`, sign in.
 * Package caches are as they are on this machine (warm after the first run).
 */
export async function measureFreshClone(samples: number): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const folder = await emptyFolder();
    const started = performance.now();
    await run('git', ['clone', '--quiet', repositoryRoot, folder]);
    const portal = await startPortal({
      cwd: folder,
      state: join(folder, '.waymark'),
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await signInAs(page, portal.url, PERSONA);
      seconds.push((performance.now() - started) / 1000);
    } finally {
      await browser.close();
      await portal.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return [
    {
      name: 'fresh clone to usable page',
      unit: 's',
      samples: seconds,
      limit: 240,
    },
  ];
}

/** Start times, pages and pushes of one portal of this checkout. */
export async function measureRunningPortal(samples: number): Promise<Figure[]> {
  const state = await emptyFolder();
  const figures: Figure[] = [];
  const first = await startPortal({ state });
  figures.push({
    name: 'first start, installed and built',
    unit: 's',
    samples: [first.secondsToReady],
  });
  await first.stop();

  const restarts: number[] = [];
  for (let i = 0; i < samples - 1; i += 1) {
    const portal = await startPortal({ state });
    restarts.push(portal.secondsToReady);
    await portal.stop();
  }
  const portal = await startPortal({ state });
  restarts.push(portal.secondsToReady);
  figures.push({
    name: 'second start',
    unit: 's',
    samples: restarts,
    limit: 20,
  });

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    await signInAs(page, portal.url, PERSONA);
    for (const target of PAGES) {
      const times: number[] = [];
      for (let i = 0; i < samples; i += 1) {
        times.push(
          await millisecondsToUsable(
            page,
            portal.url + target.path,
            target.text,
          ),
        );
      }
      figures.push({
        name: `${target.name} page interactive`,
        unit: 'ms',
        samples: times,
        limit: 2000,
      });
    }
    figures.push(await measurePushes(page, portal, state, samples));
  } finally {
    await browser.close();
    await portal.stop();
    await rm(state, { recursive: true, force: true });
  }
  return figures;
}

async function measurePushes(
  page: Page,
  portal: { url: string; forgeUrl: string },
  state: string,
  samples: number,
): Promise<Figure> {
  const token = (await readFile(join(state, 'forge', 'token'), 'utf8')).trim();
  const pusher = await DescriptionPusher.create({
    forgeUrl: portal.forgeUrl,
    token,
    repository: 'acme/checkout-api',
  });
  const seconds: number[] = [];
  try {
    for (let i = 0; i < samples; i += 1) {
      const description = `Pushed by the benchmark, round ${i + 1}`;
      await pusher.push(description);
      const started = performance.now();
      for (;;) {
        await page.goto(`${portal.url}/catalog/default/component/checkout-api`);
        await page
          .getByText(/On call/)
          .first()
          .waitFor();
        if (await page.getByText(description).first().isVisible()) break;
        if (performance.now() - started > 60_000) {
          throw new Error('A push was not visible within a minute');
        }
      }
      seconds.push((performance.now() - started) / 1000);
    }
  } finally {
    await pusher.close();
  }
  return {
    name: 'a push visible on the page',
    unit: 's',
    samples: seconds,
    limit: 5,
  };
}
