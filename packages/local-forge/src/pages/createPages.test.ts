import { execFileSync } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import request from 'supertest';
import { RunningForge } from '../startForge';
import { SCRIPT_NAME, startPagesForge } from './__testUtils__/startPagesForge';

const ISSUE = 1;
const PULL = 2;

jest.setTimeout(60_000);

describe('the pages of the forge', () => {
  let forge: RunningForge;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ forge, close } = await startPagesForge());
  });
  afterAll(async () => {
    await close();
  });

  const get = (path: string) =>
    request(forge.url).get(path).set('Accept', 'text/html');

  /** The token of the page's forms with the cookie that goes with it. */
  async function openForm(path: string) {
    const response = await get(path);
    const token = /name="formToken" value="([^"]+)"/.exec(
      response.text.replace(/\s+/g, ' '),
    )?.[1];
    // Like a browser: of several cookies of one name the last one stays.
    const cookies = [response.headers['set-cookie']].flat();
    const [cookie] = String(cookies.at(-1)).split(';');
    return { token, cookie, text: response.text };
  }

  function post(
    path: string,
    fields: Record<string, string | undefined>,
    headers: Record<string, string>,
  ) {
    return request(forge.url)
      .post(path)
      .type('form')
      .set({ Accept: 'text/html', Origin: forge.url, ...headers })
      .send(fields);
  }

  const file = encodeURIComponent(SCRIPT_NAME);
  const pages: [path: string, content: RegExp][] = [
    ['/', /acme\/shop/],
    ['/?q=typescript', /1 repository/],
    ['/?q=%3Cscript%3E', /Repositories that match “&lt;script&gt;”/],
    ['/acme', /Mina Okafor/],
    ['/dev-checkout', /Writes &lt;b&gt;checkout&lt;\/b&gt;/],
    ['/orgs/acme/teams/checkout', /Part of.*Payments/s],
    ['/acme/shop', /Sells &lt;script&gt;alert\(1\)&lt;\/script&gt; things/],
    ['/acme/shop/', /README\.md/],
    ['/acme/empty/commits/main', /has no commit yet/],
    ['/acme/empty', /git push --set-upstream origin main/],
    ['/acme/shop/tree/main', /catalog-info\.yaml/],
    ['/acme/shop/tree/main/', /catalog-info\.yaml/],
    ['/acme/shop/tree/main/docs', /a%20guide\.md/],
    ['/acme/shop/tree/feature/retry/src', /retry\.ts/],
    ['/acme/shop/tree/feature%2Fretry/src', /retry\.ts/],
    ['/acme/shop/tree/v1.0', /catalog-info\.yaml/],
    ['/acme/shop/blob/main/catalog-info.yaml', /<tr id="L2">/],
    ['/acme/shop/blob/main/src/index.ts', /hljs-keyword/],
    ['/acme/shop/blob/feature/retry/src/retry.ts', /retry/],
    ['/acme/shop/blob/main/README.md', /docs\/a%20guide\.md/],
    [
      '/acme/shop/blob/main/README.md?plain=1',
      /&lt;<span class="hljs-name">script/,
    ],
    ['/acme/shop/blob/main/docs/a%20guide.md', /<th>a<\/th>/],
    [`/acme/shop/blob/main/${file}`, /harmless/],
    ['/acme/shop/blob/main/data.bin', /Binary file/],
    ['/acme/shop/blob/main/big.txt', /too large to be shown/],
    ['/acme/shop/blob/main/link', /Symbolic link to &quot;README\.md&quot;/],
    ['/acme/shop/blob/main/logo.svg', /<img[^>]*logo\.svg/s],
    ['/acme/shop/edit/main/catalog-info.yaml', /kind: Component/],
    ['/acme/shop/edit/main/data.bin', /edited with Git only/],
    ['/acme/shop/commits/main', /Add &lt;script&gt;/],
    ['/acme/shop/commits/main/src/index.ts', /History of src\/index\.ts/],
    ['/acme/shop/branches', /feature\/retry/],
    ['/acme/shop/tags', /v1\.0/],
    ['/acme/shop/compare/main...feature/retry', /1 commit ahead.*Proposed by/s],
    ['/acme/shop/compare/main...feature/open', /Propose the change/],
    ['/acme/shop/pulls', /Add &lt;i&gt;retry&lt;\/i&gt;/],
    ['/acme/shop/pulls?state=closed', /None are closed/],
    [`/acme/shop/pull/${PULL}`, /cannot be merged now/],
    [`/acme/shop/pull/${PULL}/files`, /\+export const retry = true;/],
    [`/acme/shop/pull/${PULL}/commits`, /Retry/],
    ['/acme/shop/issues', /Slow &lt;at&gt; night/],
    [`/acme/shop/issues/${ISSUE}`, /<code>logs<\/code>/],
    ['/acme/shop/actions', /ci\.yaml/],
    ['/_forge/deliveries', /Webhook deliveries/],
  ];

  it.each(pages)('shows %s', async (path, content) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['content-security-policy']).toContain(
      "default-src 'none'; style-src 'self'",
    );
    expect(response.text).toMatch(content);
    expect(response.text).toContain('Local forge — development only');
    // No page may carry a script, an event handler, or anything from elsewhere.
    expect(response.text).not.toMatch(
      /<script|\son[a-z]+=|javascript:|(src|href)="(https?:)?\/\//i,
    );
    const ids = [...response.text.matchAll(/\sid="([^"]*)"/g)].map(
      match => match[1],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no fault that axe can find without a screen', async () => {
    const input: { path: string; text: string }[] = [];
    for (const [path] of pages) {
      const { text } = await get(path);
      input.push({ path, text });
    }
    const output = execFileSync(
      process.execPath,
      [join(__dirname, '__testUtils__', 'runAxe.mjs')],
      { input: JSON.stringify(input), encoding: 'utf8' },
    );
    const result = JSON.parse(output);
    expect(result.faults).toEqual([]);
    // Rules really ran on every page.
    expect(result.passes).toBeGreaterThan(15 * pages.length);
  });

  it('answers every link of its own pages', async () => {
    const seen = new Set<string>(['/']);
    const queue = ['/'];
    const dead: string[] = [];
    for (let path = queue.shift(); path; path = queue.shift()) {
      const response = await get(path).redirects(3);
      if (response.status !== 200) {
        dead.push(`${response.status} ${path}`);
      }
      for (const [, href] of (response.text ?? '').matchAll(
        /(?:href|src)="(\/[^"#]*)/g,
      )) {
        const link = href.replace(/&amp;/g, '&');
        if (!seen.has(link)) {
          seen.add(link);
          queue.push(link);
        }
      }
    }
    expect(dead).toEqual([]);
    expect(seen.size).toBeGreaterThan(60);
  });

  it.each([
    ['/nobody', 'There is no organisation or person'],
    ['/acme/nothing', 'There is no such page'],
    ['/acme/shop/tree/nothing', 'no branch, tag or commit'],
    ['/acme/shop/blob/main/nothing.ts', 'There is no file'],
    ['/acme/shop/commit/0000000', 'There is no commit'],
    ['/acme/shop/pull/99', 'There is no such page'],
    ['/acme/shop/pull/x', 'is not a number'],
    ['/acme/shop/wiki', 'There is no such page'],
    ['/orgs/acme/teams/none', 'There is no organisation or person'],
  ])('helps on from %s, which does not exist', async (path, message) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.text.replace(/&#39;/g, "'")).toContain(message);
    expect(response.text).toContain('All repositories');
  });

  it('refuses paths that would leave the repository', async () => {
    const response = await get('/acme/shop/blob/main/%2e%2e%2f%2e%2e%2fetc');
    expect(response.status).toBe(400);
    const folder = await get('/acme/..%2f..%2fetc/tree/main');
    expect(folder.status).toBe(404);
  });

  it('sends raw files so that no browser runs them', async () => {
    const svg = await get('/acme/shop/raw/main/logo.svg');
    expect(svg.headers['content-type']).toContain('image/svg+xml');
    expect(svg.headers['content-security-policy']).toContain('sandbox');
    const text = await request(forge.url).get(
      '/acme/shop/raw/main/catalog-info.yaml',
    );
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text.headers['x-content-type-options']).toBe('nosniff');
    expect(text.text).toBe('kind: Component\nmetadata:\n  name: shop\n');
    const binary = await get('/acme/shop/raw/main/data.bin');
    expect(binary.headers['content-type']).toContain('octet-stream');
    expect(binary.body).toEqual(Buffer.from([0, 1, 2, 3]));
  });

  it.each([
    '/acme/shop',
    '/repos/acme/shop',
    '/acme/shop.git/info/refs?service=git-upload-pack',
    '/acme/shop/raw/main/catalog-info.yaml',
    '/graphql',
  ])('answers %s on loopback names only', async path => {
    const statusFor = async (host: string) =>
      await new Promise(resolve => {
        httpRequest(
          {
            host: '127.0.0.1',
            port: forge.port,
            path,
            headers: { host, accept: '*/*' },
          },
          response => {
            response.resume();
            resolve(response.statusCode);
          },
        ).end();
      });
    expect(await statusFor('attacker.example')).toBe(421);
    expect(await statusFor(`localhost:${forge.port}`)).not.toBe(421);
    expect(await statusFor(`127.0.0.1:${forge.port}`)).not.toBe(421);
  });

  it('refuses forms from other sites, without token, or with a token of another browser', async () => {
    const path = `/acme/shop/pull/${PULL}`;
    const { token, cookie } = await openForm(path);
    const other = await openForm(path);
    const fields = { actor: 'dev-ledger', event: 'COMMENT', body: 'Hi' };
    const attempts = [
      post(
        `${path}/reviews`,
        { ...fields, formToken: token },
        { cookie, origin: 'https://evil.example' },
      ),
      post(
        `${path}/reviews`,
        { ...fields, formToken: token },
        { cookie, origin: 'null' },
      ),
      post(`${path}/reviews`, fields, { cookie }),
      post(`${path}/reviews`, { ...fields, formToken: token }, {}),
      post(
        `${path}/reviews`,
        { ...fields, formToken: token },
        { cookie: other.cookie },
      ),
      post(
        `${path}/reviews`,
        { ...fields, formToken: 'a.b' },
        { cookie: 'waymark_forge_form=a.b' },
      ),
    ];
    for (const attempt of attempts) {
      const response = await attempt;
      expect(response.status).toBe(403);
      expect(response.text).toContain('nothing was changed');
    }
    const pull = await forge.service.getPullRequest('acme', 'shop', PULL);
    expect(pull.reviews).toEqual([]);
  });

  it('says in words what is wrong with a form, and keeps what was typed', async () => {
    const path = `/acme/shop/pull/${PULL}`;
    const { token, cookie } = await openForm(path);
    const send = (fields: Record<string, string>) =>
      post(`${path}/reviews`, { formToken: token, ...fields }, { cookie });
    const stranger = await send({ actor: 'root', event: 'COMMENT', body: 'x' });
    expect(stranger.status).toBe(400);
    expect(stranger.text).toContain('is not one of the personas');
    const event = await send({ actor: 'dev-ledger', event: 'X', body: 'kept' });
    expect(event.status).toBe(400);
    expect(event.text).toMatch(/event: .*expected/);
    expect(event.text).toContain('kept</textarea');
    const own = await send({
      actor: 'dev-checkout',
      event: 'APPROVE',
      body: 'Mine is good',
    });
    expect(own.status).toBe(422);
    expect(own.text).toContain('role="alert"');
  });

  it('carries a change from the editor through review to the merge, each step as a persona', async () => {
    const editPath = '/acme/shop/edit/main/windows';
    const edit = await openForm(editPath);
    const from = /name="from" value="([0-9a-f]{40})"/.exec(
      edit.text.replace(/\s+/g, ' '),
    )?.[1];
    const fields = {
      formToken: edit.token,
      actor: 'lead-payments',
      from,
      content: 'one\r\ntwo\r\nthree\r\n',
      title: 'Add three',
      body: '',
    };
    const unchanged = await post(
      editPath,
      { ...fields, content: 'one\r\ntwo\r\n' },
      { cookie: edit.cookie },
    );
    expect(unchanged.status).toBe(400);
    expect(unchanged.text).toContain('nothing was changed');
    const weak = await post(
      editPath,
      { ...fields, actor: 'dev-ledger' },
      { cookie: edit.cookie },
    );
    expect(weak.status).toBe(403);

    const proposed = await post(editPath, fields, { cookie: edit.cookie });
    expect(proposed.status).toBe(303);
    const path = proposed.headers.location;
    expect(path).toMatch(/^\/acme\/shop\/pull\/\d+$/);

    const page = await openForm(path);
    expect(page.text).toContain('This cannot be merged now');
    expect(page.text).not.toContain('Merge pull request');
    const send = { cookie: page.cookie };
    const tooEarly = await post(
      `${path}/merge`,
      { formToken: page.token, actor: 'lead-payments', method: 'squash' },
      send,
    );
    expect(tooEarly.status).toBe(405);
    expect(tooEarly.text).toContain('role="alert"');

    const review = await post(
      `${path}/reviews`,
      {
        formToken: page.token,
        actor: 'dev-checkout',
        event: 'APPROVE',
        body: 'Fine',
      },
      send,
    );
    expect(review.status).toBe(303);
    expect((await get(path)).text).toContain('Merge pull request');

    const merged = await post(
      `${path}/merge`,
      { formToken: page.token, actor: 'lead-payments', method: 'squash' },
      send,
    );
    expect(merged.status).toBe(303);
    expect((await get(path)).text).toMatch(/Merged\s+by lead-payments/);
    const result = await get('/acme/shop/raw/main/windows');
    expect(result.text).toBe('one\r\ntwo\r\nthree\r\n');
    expect((await get('/acme/shop/pulls?state=closed')).text).toContain(
      'Add three',
    );
  });

  it('opens a pull request for a branch that was pushed, once', async () => {
    const path = '/acme/shop/compare/main...feature/open';
    const page = await openForm(path);
    expect(page.text).toContain('value="Open &lt;b&gt;up&lt;/b&gt;"');
    const propose = (title: string) =>
      post(
        path,
        {
          formToken: page.token,
          actor: 'lead-payments',
          title,
          body: 'a\r\nb',
        },
        { cookie: page.cookie },
      );
    const nameless = await propose(' ');
    expect(nameless.status).toBe(400);
    expect(nameless.text).toContain('title: say in one line');

    const proposed = await propose('Open up');
    expect(proposed.status).toBe(303);
    const number = Number(/\d+$/.exec(proposed.headers.location)?.[0]);
    expect(
      await forge.service.getPullRequest('acme', 'shop', number),
    ).toMatchObject({
      title: 'Open up',
      body: 'a\nb',
      author: 'lead-payments',
      head: { ref: 'feature/open' },
      base: { ref: 'main' },
    });
    const after = await get(path);
    expect(after.text).toContain(`#${number} Open up`);
    expect(after.text).not.toContain('<form method="post"');
    expect((await propose('Again')).status).toBe(422);
  });

  it('closes a pull request as a persona', async () => {
    const path = `/acme/shop/pull/${PULL}`;
    const { token, cookie } = await openForm(path);
    const closed = await post(
      `${path}/close`,
      { formToken: token, actor: 'dev-checkout' },
      { cookie },
    );
    expect(closed.status).toBe(303);
    expect((await get(path)).text).toContain('Closed without being merged');
  });
});
