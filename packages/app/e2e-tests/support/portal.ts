import { test as base, expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { watchRequests } from './settled';

/** Where the portal under test and its forge listen. */
export const portal = {
  url: process.env.WAYMARK_TEST_URL ?? 'http://localhost:7007',
  forgeUrl: process.env.WAYMARK_TEST_FORGE_URL ?? 'http://localhost:7009',
  state:
    process.env.WAYMARK_TEST_STATE ?? join(__dirname, '../../../../.waymark'),
};

export type Persona =
  | 'dev-checkout'
  | 'dev-checkout-2'
  | 'dev-ledger'
  | 'lead-payments'
  | 'platform-engineer'
  | 'security-1'
  | 'security-2'
  | 'auditor';

/**
 * Signs in on the sign-in page, as a person does: a portal that has just been
 * started reads people from Git first, and says to try again in a few seconds.
 */
export async function signInAs(page: Page, persona: Persona, url = portal.url) {
  watchRequests(page);
  await page.goto(url);
  const inside = page.getByRole('link', { name: 'Catalog', exact: true });
  const notYet = page.getByRole('alert').getByText(/Try again/);
  await expect(async () => {
    await page
      .getByRole('button')
      .filter({ has: page.getByText(persona, { exact: true }) })
      .click();
    await expect(inside.or(notYet).first()).toBeVisible();
    await expect(inside).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000, intervals: [1_000] });
}

/** The first place where a text can be seen. */
export function seen(page: Page, text: string | RegExp) {
  return page.getByText(text).filter({ visible: true }).first();
}

/**
 * Calls the portal's API as the person signed in on `page`, with the token that
 * the app itself uses, so that what is refused here is refused to the person.
 */
export class PortalApi {
  static async of(page: Page, url = portal.url): Promise<PortalApi> {
    const request = page.waitForRequest(
      candidate =>
        candidate.url().includes('/api/') &&
        Boolean(candidate.headers().authorization),
    );
    await page.goto(`${url}/catalog`);
    const { authorization } = (await request).headers();
    // Of the sidebar: the page has come up, and itself may have a link of that name.
    await page
      .getByTestId('sidebar-root')
      .getByRole('link', { name: 'Catalog', exact: true })
      .waitFor();
    return new PortalApi(page, authorization, url);
  }

  constructor(
    private readonly page: Page,
    private readonly authorization: string,
    private readonly url: string,
  ) {}

  /** For a program that asks as the person does. */
  get token(): string {
    return this.authorization.replace('Bearer ', '');
  }

  async call(method: string, path: string, data?: unknown) {
    return this.page.request.fetch(this.url + path, {
      method,
      data,
      headers: { authorization: this.authorization },
    });
  }

  async json<T>(path: string): Promise<T> {
    const response = await this.call('GET', path);
    expect(response.status(), `${path}: ${await response.text()}`).toBe(200);
    return response.json();
  }
}

/** The forge's own token: what a platform engineer's machine would hold. */
export async function forgeToken(): Promise<string> {
  return (await readFile(join(portal.state, 'forge', 'token'), 'utf8')).trim();
}

export const test = base;
export { expect };
