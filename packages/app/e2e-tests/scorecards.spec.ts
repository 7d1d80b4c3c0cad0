import { Clone } from './support/git';
import { expect, portal, PortalApi, signInAs, test } from './support/portal';

const SCORECARD = 'production-readiness';
const WITHIN_MILLIS = 10_000;

interface Check {
  id: string;
  state: string;
}
interface Score {
  scorecard: string;
  cause: string;
  causeDetail?: string;
  checks: Check[];
}

async function scoreOf(api: PortalApi, entity: string, query = '') {
  const { scorecards } = await api.json<{ scorecards: Score[] }>(
    `/api/scorecards/entities/component/default/${entity}/scores${query}`,
  );
  return scorecards.find(({ scorecard }) => scorecard === SCORECARD);
}

const stateOf = (score: Score | undefined, check: string) =>
  score?.checks.find(({ id }) => id === check)?.state;

test.describe('scorecards', () => {
  test('a deleted CODEOWNERS file fails its check within ten seconds, with proof, and the past stays', async ({
    page,
  }) => {
    const entity = 'card-vault';
    const clone = await Clone.of(`acme/${entity}`);
    try {
      await signInAs(page, 'dev-checkout');
      const api = await PortalApi.of(page);
      await expect
        .poll(async () => stateOf(await scoreOf(api, entity), 'code-owners'), {
          timeout: 60_000,
        })
        .toBe('pass');
      const before = new Date().toISOString();
      const file = '.github/CODEOWNERS';
      const owners = await clone.read(file);
      await clone.git('rm', '--quiet', file);
      await clone.push('Have nobody review changes');
      await expect
        .poll(async () => stateOf(await scoreOf(api, entity), 'code-owners'), {
          timeout: WITHIN_MILLIS,
          intervals: [100],
        })
        .toBe('fail');
      const commit = (await clone.git('rev-parse', 'HEAD')).trim();
      expect(await scoreOf(api, entity)).toMatchObject({
        cause: 'fact',
        causeDetail: 'git',
      });
      const proof = await api.json<object>(
        `/api/scorecards/entities/component/default/${entity}/checks/${SCORECARD}/code-owners/proof`,
      );
      expect(proof).toMatchObject({
        result: { state: 'fail' },
        rule: {
          value: false,
          children: [
            {
              expression: 'facts.git.files.codeOwners != null',
              value: false,
            },
            {},
          ],
        },
        facts: [
          {
            source: 'git',
            collector: 'git',
            commit,
            url: `${portal.forgeUrl}/acme/${entity}/tree/${commit}`,
          },
        ],
      });
      const then = await scoreOf(api, entity, `?asOf=${before}`);
      expect(stateOf(then, 'code-owners')).toBe('pass');

      await clone.write(file, owners);
      await clone.push('Have the team review changes again');
      await expect
        .poll(async () => stateOf(await scoreOf(api, entity), 'code-owners'), {
          timeout: WITHIN_MILLIS,
        })
        .toBe('pass');
    } finally {
      await clone.remove();
    }
  });

  test('a rule about a fact that does not exist is refused on its page, and the last good version stays', async ({
    page,
  }) => {
    const clone = await Clone.of('acme/portal');
    const file = `catalog/scorecards/${SCORECARD}.yaml`;
    try {
      await signInAs(page, 'platform-engineer');
      await page.goto(`/catalog/default/scorecard/${SCORECARD}`);
      await expect(page.getByText('Adopted', { exact: true })).toBeVisible();
      const good = await clone.read(file);
      await clone.write(
        file,
        good.replace('facts.git.files.readme', 'facts.git.files.redme'),
      );
      await clone.push('Ask for a file that nobody knows');
      // That card asks again by itself.
      await expect(page.getByText('Refused', { exact: true })).toBeVisible({
        timeout: 60_000,
      });
      const wrong = page.getByRole('list', { name: 'What is wrong' });
      await expect(wrong).toContainText('spec.checks[2].rule');
      await expect(wrong).toContainText('readme');
      await expect(page.getByText(/stays in force/)).toBeVisible();
      const api = await PortalApi.of(page);
      expect(stateOf(await scoreOf(api, 'checkout-api'), 'readme')).toBe(
        'pass',
      );

      await clone.write(file, good);
      await clone.push('Ask for the README');
      await page.goto(`/catalog/default/scorecard/${SCORECARD}`);
      await expect(page.getByText('Adopted', { exact: true })).toBeVisible({
        timeout: 60_000,
      });
    } finally {
      await clone.remove();
    }
  });
});
