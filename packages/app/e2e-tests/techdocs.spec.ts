import type { Page } from '@playwright/test';
import { launcher } from './support/launcher';
import { expect, portal, PortalApi, signInAs, test } from './support/portal';
import { startSecondPortal } from './support/secondPortal';

const COMPONENT = 'default/component/checkout-api';

/** A page, or with an anchor a section, as the search finds it. */
interface Found {
  location: string;
  title: string;
  text: string;
}

/** What a reader and the search get from the pages of a repository, whoever built them. */
interface Site {
  headings: { text: string; anchor: string }[];
  contents: string[];
  navigation: string[];
  pages: string[];
  sections: Found[];
}

const words = (text: string) => text.replace(/[\s¶]+/g, ' ').trim();

/** Opens the runbook from the tab of the component, as a person does. */
async function openRunbook(page: Page, url: string) {
  await expect(async () => {
    await page.goto(`${url}/catalog/${COMPONENT}`);
    await page
      .locator(`a[href="/catalog/${COMPONENT}/docs"]`)
      .click({ timeout: 5_000 });
    // A portal that has just been started fills its catalog first.
  }).toPass({ timeout: 120_000 });
  await page
    .getByRole('navigation')
    .getByRole('link', { name: 'Runbook', exact: true })
    // The first reader waits until the pages are built.
    .click({ timeout: 60_000 });
  await expect(
    page.locator('article').getByRole('heading', { name: /Many 5xx/ }),
  ).toBeVisible();
}

async function readSite(page: Page, url: string): Promise<Site> {
  const article = page.locator('article');
  const headings = await article.locator('h1, h2').evaluateAll(elements =>
    elements.map(element => ({
      text: element.textContent ?? '',
      anchor: element.id,
    })),
  );
  const contents = await page
    .locator('.md-nav--secondary li')
    .filter({ visible: true })
    .allInnerTexts();
  const navigation = await page
    .locator('.md-nav--primary > .md-nav__list > li > a')
    .allInnerTexts();
  const api = await PortalApi.of(page, url);
  const { docs } = await api.json<{ docs: Found[] }>(
    `/api/techdocs/static/docs/${COMPONENT}/search/search_index.json`,
  );
  const isSection = ({ location }: Found) => location.includes('#');
  return {
    headings: headings.map(({ text, anchor }) => ({
      text: words(text),
      anchor,
    })),
    contents: contents.map(words),
    navigation: navigation.map(words),
    pages: docs.filter(found => !isSection(found)).map(found => found.location),
    sections: docs.filter(isSection).map(({ location, title, text }) => ({
      location,
      title: words(title),
      // MkDocs puts a space behind each piece of code.
      text: text.replace(/\s+/g, ''),
    })),
  };
}

/** The generator that has built the pages. */
async function generatorOf(page: Page, url: string) {
  const api = await PortalApi.of(page, url);
  const path = `/api/techdocs/static/docs/${COMPONENT}/runbook/index.html`;
  const html = await (await api.call('GET', path)).text();
  return /<meta name="generator" content="mkdocs/.test(html)
    ? 'mkdocs'
    : 'builtin';
}

test.describe('documentation', () => {
  // The last test compares what the others have seen.
  test.describe.configure({ mode: 'serial' });
  let builtin: Site;
  let mkdocs: Site | undefined;

  test('shows the runbook without Python', async ({ page }) => {
    await signInAs(page, 'dev-checkout');
    await openRunbook(page, portal.url);
    builtin = await readSite(page, portal.url);
    expect(await generatorOf(page, portal.url)).toBe('builtin');
  });

  test('shows the runbook that MkDocs has built', async ({ page }) => {
    test.setTimeout(300_000);
    const { ensureMkdocs } = await launcher<{
      ensureMkdocs(): Promise<boolean>;
    }>('mkdocs');
    const problem = await ensureMkdocs().then(
      () => undefined,
      (error: Error) => error.message,
    );
    test.skip(problem !== undefined, problem);
    const second = await startSecondPortal('techdocs', {
      waymark: { techdocs: { generator: 'mkdocs' } },
    });
    try {
      await signInAs(page, 'dev-checkout', second.url);
      await openRunbook(page, second.url);
      mkdocs = await readSite(page, second.url);
      expect(await generatorOf(page, second.url)).toBe('mkdocs');
    } finally {
      await second.stop();
    }
  });

  test('is the same to readers and to the search, whoever built it', async () => {
    test.skip(!mkdocs, 'MkDocs could not be had');
    const { sections, ...others } = builtin;
    expect(others.headings.length).toBeGreaterThan(4);
    expect(others.contents.length).toBeGreaterThan(3);
    expect(mkdocs).toMatchObject(others);
    expect(sections.length).toBeGreaterThan(6);
    // MkDocs lets find each page once more by its title.
    expect(mkdocs!.sections).toEqual(expect.arrayContaining(sections));
  });
});
