import type { Browser, Locator, Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './support/launcher';
import { expect, Persona, PortalApi, signInAs, test } from './support/portal';

const run = promisify(execFile);
const ENTITY = 'component:default/checkout-web';
const TAB = '/catalog/default/component/checkout-web/scorecards';
const INBOX = '/scorecards/views/exemptions';
const SCORECARD = 'tech-debt';
const CHECK = 'updates-automatic';
const TITLE = 'Something offers its updates';
const DAY_MILLIS = 24 * 60 * 60 * 1_000;

interface Exemption {
  id: string;
  state: string;
  check: string;
  approvals: { group: string; because: string; by: string | null }[];
  records: { subject: string; state: string }[];
  renewal: object | null;
  may: Record<string, boolean>;
}

/** One of the people of the test, in a browser of their own. */
interface Person {
  page: Page;
  api: PortalApi;
}

const exemptionsOf = async ({ api }: Person, query: string) =>
  (
    await api.json<{ items: Exemption[] }>(
      `/api/scorecards/exemptions?scorecard=${SCORECARD}&${query}`,
    )
  ).items;

const exemptionOf = ({ api }: Person, id: string) =>
  api.json<Exemption>(`/api/scorecards/exemptions/${id}`);

const step = ({ api }: Person, id: string, verb: string, body: object = {}) =>
  api.call('POST', `/api/scorecards/exemptions/${id}/${verb}`, body);

async function stateOf({ api }: Person) {
  const { scorecards } = await api.json<{
    scorecards: {
      scorecard: string;
      checks: { id: string; state: string }[];
    }[];
  }>('/api/scorecards/entities/component/default/checkout-web/scores');
  return scorecards
    .find(({ scorecard }) => scorecard === SCORECARD)
    ?.checks.find(({ id }) => id === CHECK)?.state;
}

/** Whatever an earlier run has left. */
async function endAll(security: Person, lead: Person) {
  for (const { id, may } of await exemptionsOf(lead, 'limit=500')) {
    if (may.withdraw) await step(lead, id, 'withdraw');
    if (may.revoke) await step(security, id, 'revoke', { comment: 'Done' });
  }
}

async function typeLastDay(dialog: Locator, inDays: number) {
  const day = new Date(Date.now() + inDays * DAY_MILLIS);
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  await dialog
    .getByRole('group', { name: /^Last day/ })
    .getByRole('spinbutton')
    .first()
    .click();
  await dialog
    .page()
    .keyboard.type(
      `${twoDigits(day.getMonth() + 1)}${twoDigits(
        day.getDate(),
      )}${day.getFullYear()}`,
    );
}

/** Asks for an exemption as a person does, from the proof of the check. */
async function request(
  { page }: Person,
  tab: string,
  fill: (dialog: Locator) => Promise<void> = async () => {},
) {
  await page.goto(`${tab}?scorecard=${SCORECARD}&check=${CHECK}`);
  const proof = page.getByRole('dialog', { name: TITLE });
  await proof.getByRole('button', { name: 'Request an exemption' }).click();
  const dialog = page.getByRole('dialog', {
    name: `Request an exemption: ${TITLE}`,
  });
  const write = (name: RegExp, text: string) =>
    dialog.getByRole('textbox', { name }).fill(text);
  await write(/^Reason/, 'The bot cannot read the old lock file.');
  await write(/^What lowers the risk/, 'Updates are looked for each Monday.');
  await write(/^Plan/, 'The lock file moves with the next release.');
  await typeLastDay(dialog, 10);
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Request', exact: true }).click();
  await expect(proof.getByText('Requested. It waits')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(proof).toBeHidden();
}

/** Takes a step by the button of an exemption, and the dialog that asks about it. */
async function click(article: Locator, verb: string, words?: string) {
  await article.getByRole('button', { name: verb, exact: true }).click();
  const dialog = article
    .page()
    .getByRole('dialog', { name: new RegExp(`^${verb}: `) });
  if (words) await dialog.getByRole('textbox').fill(words);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

test.describe('exemptions', () => {
  let dev: Person;
  let lead: Person;
  let platform: Person;
  let security: Person;
  let auditor: Person;

  async function arrive(browser: Browser, persona: Persona): Promise<Person> {
    const page = await (await browser.newContext()).newPage();
    await signInAs(page, persona);
    return { page, api: await PortalApi.of(page) };
  }

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(240_000);
    dev = await arrive(browser, 'dev-checkout');
    lead = await arrive(browser, 'lead-payments');
    platform = await arrive(browser, 'platform-engineer');
    security = await arrive(browser, 'security-1');
    auditor = await arrive(browser, 'auditor');
    await endAll(security, lead);

    const rules = async () =>
      JSON.stringify(
        await dev.api.json<object>(`/api/scorecards/scorecards/${SCORECARD}`),
      );
    await expect.poll(rules, { timeout: 120_000 }).toContain('facts.risk');
  });

  test.afterAll(async () => {
    await endAll(security, lead);
    for (const { page } of [dev, lead, platform, security, auditor]) {
      await page.context().close();
    }
  });

  test('are asked for by an owner, and granted by the others only: security too, as long as nobody knows the risk', async () => {
    await request(dev, TAB);
    const own = dev.page
      .getByRole('region', { name: 'Exemptions' })
      .getByRole('article', { name: new RegExp(TITLE) })
      .first();
    await expect(own).toContainText('Requested');
    await expect(own.getByRole('button', { name: 'Withdraw' })).toBeVisible();
    await expect(own.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    const [{ id }] = await exemptionsOf(dev, `entity=${ENTITY}`);
    expect((await step(dev, id, 'approve')).status()).toBe(403);
    expect((await step(auditor, id, 'approve')).status()).toBe(403);

    // As the notice leads there.
    await platform.page.goto(`${INBOX}?exemption=${id}`);
    const linked = platform.page.getByRole('region', {
      name: 'The exemption that you have opened',
    });
    await expect(linked).toBeFocused();
    await click(linked, 'Approve');
    const approvals = linked.getByRole('list', { name: 'Approvals' });
    await expect(approvals).toContainText(
      /security is asked, because it cannot be told whether it has to be \(facts\.risk\.tier >= 3\): waits for its approval/i,
    );
    const half = await exemptionOf(dev, id);
    expect(half).toMatchObject({
      state: 'requested',
      approvals: [
        { because: 'owner', by: 'user:default/platform-engineer' },
        { because: 'unknown', by: null },
      ],
    });
    expect(await stateOf(dev)).toBe('fail');

    await security.page.goto(INBOX);
    await click(
      security.page.getByRole('article', { name: new RegExp(TITLE) }),
      'Approve',
    );
    await expect(
      security.page.getByText('Nothing waits for you'),
    ).toBeVisible();
    await expect.poll(() => stateOf(dev), { timeout: 20_000 }).toBe('exempt');
    await dev.page.goto(`${TAB}?scorecard=${SCORECARD}`);
    await expect(
      dev.page
        .getByRole('region', { name: 'Tech debt' })
        .getByText(/^Exempt/)
        .first(),
    ).toBeVisible();

    // Who has asked is told, and led to it.
    const notice = dev.page
      .getByRole('link', { name: /^Exemption approved: / })
      .and(dev.page.locator(`[href$="${id}"]`));
    await expect(async () => {
      await dev.page.goto('/notifications');
      await expect(notice).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await notice.click();
    await expect(
      dev.page.getByRole('region', {
        name: 'The exemption that you have opened',
      }),
    ).toContainText('Approved');
  });

  test('last longer when that is granted, and end when somebody ends them', async () => {
    const [{ id }] = await exemptionsOf(dev, `entity=${ENTITY}&state=approved`);
    await dev.page.goto(`${INBOX}?exemption=${id}`);
    const mine = dev.page.getByRole('region', {
      name: 'The exemption that you have opened',
    });
    await click(mine, 'Ask for more time', 'The release is late.');
    await expect(mine).toContainText('More time is asked for');
    expect((await exemptionOf(dev, id)).renewal).not.toBeNull();

    await security.page.goto(INBOX);
    const waiting = security.page.getByRole('article', {
      name: new RegExp(TITLE),
    });
    await click(waiting, 'Reject', 'It can be done in that time.');
    const refused = await exemptionOf(dev, id);
    expect(refused).toMatchObject({ state: 'approved', renewal: null });

    await security.page.goto(`${INBOX}?exemption=${id}`);
    const linked = security.page.getByRole('region', {
      name: 'The exemption that you have opened',
    });
    await click(linked, 'Revoke', 'The bot reads it now.');
    await expect(linked).toContainText('Revoked');
    await expect.poll(() => stateOf(dev), { timeout: 20_000 }).toBe('fail');
  });

  test('are withdrawn by who has asked, and rejected with a reason', async () => {
    await request(dev, TAB);
    const first = dev.page
      .getByRole('region', { name: 'Exemptions' })
      .getByRole('article', { name: new RegExp(TITLE) })
      .first();
    await click(first, 'Withdraw');
    await expect(first).toContainText('Withdrawn');

    await request(dev, TAB);
    const [{ id }] = await exemptionsOf(dev, `entity=${ENTITY}`);
    await platform.page.goto(`${INBOX}?exemption=${id}`);
    const linked = platform.page.getByRole('region', {
      name: 'The exemption that you have opened',
    });
    await click(linked, 'Reject', 'The new lock file is there.');
    await expect(linked).toContainText('Rejected');
    await expect(linked).toContainText('The new lock file is there.');
  });

  test('are asked for all that a team owes at once: one decision, and a record for each', async () => {
    const { items } = await lead.api.json<{
      items: { entityRef: string; owner: string }[];
    }>(
      `/api/scorecards/scorecards/${SCORECARD}/results?check=${CHECK}&state=fail&owner=group:default/cards&limit=500`,
    );
    const names = items.map(({ entityRef }) => entityRef.split('/')[1]);
    expect(names.length).toBeGreaterThan(2);
    await request(
      lead,
      `/catalog/default/component/${names[0]}/scorecards`,
      dialog =>
        dialog
          .getByText(`All ${names.length - 1} of them`, { exact: true })
          .click(),
    );
    const open = await exemptionsOf(lead, 'state=requested');
    expect(open).toHaveLength(1);
    const [{ id }] = open;
    await step(platform, id, 'approve');
    await step(security, id, 'approve');
    const granted = await exemptionOf(lead, id);
    expect(granted.state).toBe('approved');
    expect(granted.records.map(({ state }) => state)).toEqual(
      names.map(() => 'approved'),
    );
  });

  test('are on the ledger step by step, which an auditor verifies, and a changed row is named', async () => {
    const response = await auditor.api.call(
      'GET',
      '/api/scorecards/ledger/export',
    );
    const text = await response.text();
    const [{ id }] = await exemptionsOf(dev, `entity=${ENTITY}&state=revoked`);
    const lines = text.split('\n').filter(Boolean);
    const ofIt = lines.flatMap(line => {
      const { type, index, record } = JSON.parse(line);
      return record?.exemption === id ? [{ type, index, line }] : [];
    });
    expect(ofIt.map(({ type }) => type)).toEqual([
      'exemption.requested',
      'exemption.approval',
      'exemption.approval',
      'exemption.approved',
      'exemption.renewal-requested',
      'exemption.renewal-rejected',
      'exemption.revoked',
    ]);
    const folder = await mkdtemp(join(tmpdir(), 'waymark-ledger-'));
    const verify = async (content: string) => {
      const file = join(folder, 'ledger.jsonl');
      await writeFile(file, content);
      return run(
        process.execPath,
        [join(root, 'scripts/waymark.mjs'), 'ledger', 'verify', file],
        { cwd: root },
      ).catch((error: { stdout: string }) => error);
    };
    try {
      expect((await verify(text)).stdout).toContain('as they were written');
      const [, { index, line }] = ofIt;
      const changed = text.replace(
        line,
        line.replace('platform-engineer', 'dev-checkout'),
      );
      expect((await verify(changed)).stdout).toContain(
        `Entry ${index}: the record is not the one of its leaf`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
