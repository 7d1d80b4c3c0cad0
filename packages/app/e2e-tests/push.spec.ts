import type { Page } from '@playwright/test';
import { Clone } from './support/git';
import { expect, portal, PortalApi, signInAs, test } from './support/portal';

const REPOSITORY = 'acme/bin-lookup';
const PAGE = '/catalog/default/component/bin-lookup';
const WITHIN_MILLIS = 5_000;

/** The field of the file, as the page shows it. */
const descriptionIn = (file: string) =>
  /^ {2}description: (.*)$/m.exec(file)?.[1] ?? '';

/** Reloads the page of the component until it shows one text rather than another; how long that took. */
async function timeUntilShown(page: Page, text: string, before: string) {
  const start = performance.now();
  const shown = page.getByText(text, { exact: true }).first();
  const either = shown.or(page.getByText(before, { exact: true }).first());
  do {
    await page.reload();
    await either.first().waitFor();
  } while (!(await shown.isVisible()) && performance.now() - start < 30_000);
  return performance.now() - start;
}

test.describe('the catalog follows Git', () => {
  let clone: Clone;
  test.beforeEach(async () => {
    clone = await Clone.of(REPOSITORY);
  });
  test.afterEach(async () => {
    await clone.remove();
  });

  test('a pushed description is on the page within five seconds', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const file = await clone.read('catalog-info.yaml');
    const before = descriptionIn(file);
    await page.goto(PAGE);
    await expect(page.getByText(before, { exact: true }).first()).toBeVisible();
    const description = `Looks up issuers, said ${test.info().testId}`;
    await clone.write(
      'catalog-info.yaml',
      file.replace(before, () => description),
    );
    await clone.push('Say more precisely what this is');
    expect(await timeUntilShown(page, description, before)).toBeLessThan(
      WITHIN_MILLIS,
    );
  });

  test('a broken file is a reason on the page, and the last good entity stays', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const good = await clone.read('catalog-info.yaml');
    await clone.write('catalog-info.yaml', `${good}\n  owner: [unclosed\n`);
    await clone.push('Break the description of this component');
    // The line that was added, after an empty one.
    const line = good.split('\n').length + 1;
    const reason = `Map keys must be unique at line ${line}, column 3`;
    const file = `${portal.forgeUrl}/${REPOSITORY}/tree/main/catalog-info.yaml`;
    await expect(async () => {
      await page.goto(PAGE);
      await expect(
        page
          .getByText(`YAML error at url:${file}, YAMLParseError: ${reason}`)
          .first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 30_000 });
    await expect(
      page.getByText(descriptionIn(good), { exact: true }).first(),
    ).toBeVisible();

    await page.goto('/catalog-problems?text=bin-lookup');
    await expect(
      page.getByText(`Not valid YAML: ${reason}`, { exact: true }),
    ).toBeVisible();
    await expect(
      page.getByRole('link', { name: `${REPOSITORY}/catalog-info.yaml` }),
    ).toHaveAttribute(
      'href',
      `${portal.forgeUrl}/${REPOSITORY}/blob/main/catalog-info.yaml#L${line}`,
    );
    await expect(page.getByRole('link', { name: 'BIN lookup' })).toBeVisible();

    await clone.write('catalog-info.yaml', good);
    await clone.push('Mend it');
    // That page asks again by itself.
    await expect(page.getByText(reason)).toHaveCount(0, { timeout: 40_000 });
    await page.goto(PAGE);
    await expect(
      page.getByText(descriptionIn(good), { exact: true }).first(),
    ).toBeVisible();
    await expect(page.getByText(reason)).toHaveCount(0);
  });

  test('a renamed component takes its new name, a deleted one goes', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const api = await PortalApi.of(page);
    const status = async (name: string) =>
      (
        await api.call(
          'GET',
          `/api/catalog/entities/by-name/component/default/${name}`,
        )
      ).status();
    const good = await clone.read('catalog-info.yaml');

    await clone.write(
      'catalog-info.yaml',
      good.replace(/^ {2}name: bin-lookup$/m, '  name: issuer-lookup'),
    );
    await clone.push('Name it after what it finds');
    await expect
      .poll(() => status('issuer-lookup'), { timeout: 20_000 })
      .toBe(200);
    await expect
      .poll(() => status('bin-lookup'), { timeout: 20_000 })
      .toBe(404);

    await clone.git('rm', '--quiet', 'catalog-info.yaml');
    await clone.push('Take it out of the catalog');
    await expect
      .poll(() => status('issuer-lookup'), { timeout: 20_000 })
      .toBe(404);

    await clone.write('catalog-info.yaml', good);
    await clone.push('Put it back');
    await expect
      .poll(() => status('bin-lookup'), { timeout: 20_000 })
      .toBe(200);
  });
});
