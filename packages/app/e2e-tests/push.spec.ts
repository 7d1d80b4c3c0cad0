import { Clone } from './support/git';
import { expect, PortalApi, signInAs, test } from './support/portal';

const REPOSITORY = 'acme/bin-lookup';
const PAGE = '/catalog/default/component/bin-lookup';
const WITHIN = { timeout: 5_000, intervals: [200] };

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
    const api = await PortalApi.of(page);
    const description = `Looks up issuers, said ${test.info().testId}`;
    const before = await clone.read('catalog-info.yaml');
    await clone.write(
      'catalog-info.yaml',
      before.replace(/^ {2}description:.*$/m, `  description: ${description}`),
    );
    await clone.push('Say more precisely what this is');
    await expect
      .poll(async () => {
        const entity = await api.json<{ metadata: { description: string } }>(
          '/api/catalog/entities/by-name/component/default/bin-lookup',
        );
        return entity.metadata.description;
      }, WITHIN)
      .toBe(description);
    await page.goto(PAGE);
    await expect(page.getByText(description).first()).toBeVisible();
  });

  test('a broken file is a reason on the page, and the last good entity stays', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const good = await clone.read('catalog-info.yaml');
    await clone.write('catalog-info.yaml', `${good}\n  owner: [unclosed\n`);
    await clone.push('Break the description of this component');
    await expect(async () => {
      await page.goto(PAGE);
      await expect(page.getByText(/YAML|yaml/).first()).toBeVisible({
        timeout: 3_000,
      });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByText('bin-lookup').first()).toBeVisible();

    await clone.write('catalog-info.yaml', good);
    await clone.push('Mend it');
    await expect(async () => {
      await page.goto(PAGE);
      await expect(
        page.getByRole('heading', { name: 'Relations' }),
      ).toBeVisible();
      await expect(page.getByText(/YAML/)).toHaveCount(0);
    }).toPass({ timeout: 30_000 });
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
