import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const { chromium } = createRequire(join(root, 'package.json'))(
  '@playwright/test',
);

/**
 * A person at a real browser that reaches the portal as all of the firm do:
 * through the proxy, over TLS.
 *
 * @param {{ path: string, args: string[] }} executable
 */
export async function openBrowser(executable, { edge, certificate }) {
  const browser = await chromium.launch({
    executablePath: executable.path,
    args: [
      ...executable.args,
      // Chromium takes authorities from a store of the user; this is the one certificate to trust.
      `--ignore-certificate-errors-spki-list=${certificate.fingerprint}`,
    ],
    proxy: { server: edge.proxyUrl },
  });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  page.setDefaultTimeout(60_000);
  return { browser, page };
}

/** Signs in through OpenID Connect; resolves to the header that the app sends with its requests. */
export async function signIn(page, url, login) {
  await page.goto(url);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: /Single sign-on/ }).click(),
  ]);
  await popup.locator('input[name=login]').fill(login);
  await popup.locator('input[name=password]').fill('any');
  await popup.locator('button[type=submit]').click();
  // The provider asks for consent once.
  const consent = popup
    .getByRole('button', { name: 'Continue' })
    .click()
    .catch(error => {
      if (!popup.isClosed()) throw error;
    });
  const signedIn = page.waitForRequest(
    candidate =>
      candidate.url().startsWith(new URL('/api/', url).href) &&
      Boolean(candidate.headers().authorization),
  );
  const [request] = await Promise.all([signedIn, consent]).catch(
    async error => {
      // What the portal or the provider says is what helps.
      const said = await Promise.all(
        page
          .context()
          .pages()
          .map(open => open.locator('body').innerText()),
      ).catch(() => []);
      throw new Error(`${error.message}\n${said.join('\n---\n')}`);
    },
  );
  return request.headers().authorization;
}
