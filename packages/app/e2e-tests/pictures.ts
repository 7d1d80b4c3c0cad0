import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { SCHEMES, wear } from './support/accessible';
import type { PageToSee } from './support/catalogPages';
import { goInPlace } from './support/inPlace';
import {
  expect,
  type Persona,
  PortalApi,
  seen,
  signInAs,
  test,
} from './support/portal';
import { COLLECTORS_PAGE } from './support/scorecardPages';
import { settled } from './support/settled';

/** Pictures for the documentation, of a portal with demo history: `yarn workspace app pictures`. */
const FOLDER = join(__dirname, '../../../docs/images/scorecards');
const DAY_MILLIS = 24 * 60 * 60 * 1_000;
const SCORECARD = '/scorecards/production-readiness';
const TAB = '/catalog/default/component/dispute-worker/scorecards';
const ago = (days: number) =>
  new Date(Date.now() - days * DAY_MILLIS).toISOString();

interface Picture extends PageToSee {
  /** Brings into view what the picture is about. */
  then?(page: Page): Promise<void>;
}

const toTop = (text: string | RegExp) => async (page: Page) => {
  await seen(page, text).evaluate(node => node.scrollIntoView());
};

const PICTURES: Partial<Record<Persona, Picture[]>> = {
  'lead-payments': [
    { name: 'home', path: '/', ready: /Scorecards of what you own/ },
    { name: 'overview', path: '/scorecards', ready: /Who has moved/ },
    {
      name: 'movers',
      path: '/scorecards',
      ready: /Who has moved/,
      then: toTop('Who has moved'),
    },
    {
      name: 'scorecard',
      path: `${SCORECARD}?span=year`,
      ready: /All together/,
    },
    {
      name: 'scorecard-past',
      path: `${SCORECARD}?asOf=${ago(120)}`,
      ready: /As it was on/,
    },
    {
      name: 'heat-map',
      path: SCORECARD,
      ready: /All together/,
      then: toTop('Heat map'),
    },
    {
      name: 'entities',
      path: `${SCORECARD}?view=entities&sort=points`,
      ready: /^\d+ entities$/,
      then: toTop('Heat map'),
    },
    {
      name: 'security',
      path: '/scorecards/views/security',
      ready: /To look at/,
    },
    {
      name: 'changes',
      path: '/scorecards/views/changes?since=month',
      ready: /What changed in what you own/,
    },
    {
      name: 'entity',
      path: `${TAB}?scorecard=production-readiness`,
      ready: /All checks/,
    },
    {
      name: 'entity-past',
      path: `${TAB}?scorecard=production-readiness&asOf=${ago(30)}`,
      ready: /As it was on/,
    },
    {
      name: 'proof',
      path: `${TAB}?scorecard=production-readiness&check=runbook`,
      ready: /History of this check/,
    },
    {
      name: 'exemption-request',
      path: `${TAB}?scorecard=production-readiness&check=runbook`,
      ready: /Request an exemption/,
      then: async page => {
        await page
          .getByRole('button', { name: 'Request an exemption' })
          .click();
        await page.getByRole('textbox', { name: /^Reason/ }).waitFor();
      },
    },
    {
      name: 'entity-card',
      path: '/catalog/default/component/dispute-worker',
      ready: /Checks and proof/,
      then: toTop('Checks and proof'),
    },
  ],
  'platform-engineer': [
    COLLECTORS_PAGE,
    {
      name: 'rule-lab',
      path: '/scorecards/lab?scorecard=production-readiness',
      ready: /No entity changes\./,
    },
    {
      name: 'exemptions',
      path: '/scorecards/views/exemptions',
      ready: /It moves to another region first/,
    },
  ],
};

test.setTimeout(600_000);

/** Somebody waits for an approval meanwhile. */
async function requestExemption(page: Page) {
  await signInAs(page, 'lead-payments');
  const api = await PortalApi.of(page);
  const answer = await api.call('POST', '/api/scorecards/exemptions', {
    scorecard: 'production-readiness',
    check: 'tests',
    subject: { entities: ['component:default/dispute-worker'] },
    reason: 'It moves to another region first.',
    compensatingControl: 'Who built it can be called at any time.',
    plan: 'Write the runbook with the team of the new region.',
    owner: 'group:default/cards',
    expiresAt: ago(-30),
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  return () =>
    api.call('POST', `/api/scorecards/exemptions/${id}/withdraw`, {});
}

for (const [persona, pictures] of Object.entries(PICTURES)) {
  test(`pictures for ${persona}`, async ({ page, browser }) => {
    const other = await browser.newPage();
    const withdraw = await requestExemption(other);
    await signInAs(page, persona as Persona);
    for (const { name, path, ready, then } of pictures) {
      for (const scheme of SCHEMES) {
        await wear(page, scheme);
        await goInPlace(page, path);
        await expect(seen(page, ready)).toBeVisible();
        await settled(page);
        await then?.(page);
        await settled(page);
        await page.screenshot({
          path: join(FOLDER, `${name}-${scheme}.png`),
          animations: 'disabled',
        });
      }
    }
    await withdraw();
    await other.close();
  });
}
