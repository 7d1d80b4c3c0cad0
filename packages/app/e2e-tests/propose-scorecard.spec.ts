import type { Page } from '@playwright/test';
import { Clone } from './support/git';
import {
  expect,
  forgeToken,
  Persona,
  portal,
  PortalApi,
  signInAs,
  test,
} from './support/portal';

const NAME = 'documentation';
const FILE = `catalog/scorecards/${NAME}.yaml`;
const RULE = 'size(facts.catalog.description) >= 15';

/** Runs the template as somebody, and waits for the end. */
async function propose(page: Page, persona: Persona, definition: string) {
  await signInAs(page, persona);
  const api = await PortalApi.of(page);
  const started = await api.call('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/propose-scorecard',
    values: {
      title: `Ask for longer descriptions ${Date.now()}`,
      description: 'A description of a few words says too little.',
      definition,
    },
  });
  expect(started.status(), await started.text()).toBe(201);
  const { id } = await started.json();
  const path = `/api/scaffolder/v2/tasks/${id}`;
  const ended = await expect
    .poll(async () => (await api.json<{ status: string }>(path)).status, {
      timeout: 60_000,
    })
    .toMatch(/completed|failed/)
    .then(() => api.json<{ status: string }>(path));
  const events = await api.json<
    Array<{
      body: { message: string; output?: { pullRequestUrl: string } };
    }>
  >(`${path}/events`);
  return {
    status: ended.status,
    log: events.map(({ body }) => body.message).join('\n'),
    output: events.find(({ body }) => body.output)?.body.output,
  };
}

async function pulls(page: Page) {
  const answer = await page.request.get(
    `${portal.forgeUrl}/repos/acme/portal/pulls?state=open`,
    { headers: { authorization: `Bearer ${await forgeToken()}` } },
  );
  return (await answer.json()) as Array<{ number: number; html_url: string }>;
}

test.setTimeout(180_000);

test.describe('the template that proposes a scorecard', () => {
  test('opens a pull request with exactly the file, and keeps what people wrote in it', async ({
    page,
  }) => {
    const clone = await Clone.of('acme/portal');
    const today = await clone.read(FILE);
    const definition = today.replace(
      `rule: facts.catalog.description != null && ${RULE}`,
      `# Fewer words than that say nothing.\n      rule: facts.catalog.description != null && ${RULE.replace(
        '15',
        '60',
      )}`,
    );
    expect(definition).not.toBe(today);
    try {
      const { status, log, output } = await propose(
        page,
        'platform-engineer',
        definition,
      );
      expect([status, log]).toEqual(['completed', log]);
      const [pull, ...others] = (await pulls(page)).filter(
        ({ html_url }) => html_url === output?.pullRequestUrl,
      );
      expect(others).toEqual([]);
      await clone.git('fetch', '--quiet', 'origin');
      const branch = `origin/scorecards/${NAME}/platform-engineer`;
      const diff = await clone.git('diff', '--stat', `HEAD...${branch}`);
      expect(diff).toContain(FILE);
      expect(diff).toContain('1 file changed, 2 insertions(+), 1 deletion(-)');
      expect(await clone.git('show', `${branch}:${FILE}`)).toBe(definition);
      const answer = await page.request.get(
        `${portal.forgeUrl}/repos/acme/portal/pulls/${pull.number}`,
        { headers: { authorization: `Bearer ${await forgeToken()}` } },
      );
      const { body } = await answer.json();
      expect(body).toContain('A description of a few words says too little.');
      expect(body).toMatch(/\*\*\d+ entit(y changes|ies change)\*\*: /);
      expect(body).toContain('`user:default/platform-engineer`: somebody else');
      await page.request.patch(
        `${portal.forgeUrl}/repos/acme/portal/pulls/${pull.number}`,
        {
          data: { state: 'closed' },
          headers: { authorization: `Bearer ${await forgeToken()}` },
        },
      );
    } finally {
      await clone.remove();
    }
  });

  test('opens nothing for a rule that does not fit the facts, nor for who may not', async ({
    page,
    browser,
  }) => {
    const clone = await Clone.of('acme/portal');
    const today = await clone.read(FILE);
    await clone.remove();
    const before = await pulls(page);
    const wrong = await propose(
      page,
      'platform-engineer',
      today.replace(RULE, 'size(facts.catalog.descripton) >= 15'),
    );
    expect(wrong.status).toBe('failed');
    expect(wrong.log).toMatch(
      /spec\.checks\[\d+\]\.rule: line 1, column \d+: unknown fact catalog\.descripton: did you mean catalog\.description\?/,
    );
    const other = await browser.newPage();
    const refused = await propose(other, 'dev-checkout', today);
    expect(refused.status).toBe('failed');
    expect(refused.log).toContain('You may not propose a scorecard');
    await other.close();
    expect(await pulls(page)).toEqual(before);
  });
});
