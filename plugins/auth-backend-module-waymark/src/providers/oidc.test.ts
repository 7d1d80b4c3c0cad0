import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { Browser, Page } from '../__testUtils__/Browser';
import { APP_URL, startAuthBackend, user } from '../__testUtils__/backend';

const ENTITIES = [
  user('mina', { email: 'mina@acme.example' }),
  user('twin-1', { email: 'twin@acme.example' }),
  user('twin-2', { email: 'twin@acme.example' }),
];

/** The message that the pop-up posts to the page that opened it. */
function postedMessage(page: Page): {
  response?: { backstageIdentity: { identity: { userEntityRef: string } } };
  error?: { name: string; message: string };
} {
  const encoded = /authResponse = decodeURIComponent\('([^']+)'\)/.exec(
    page.body,
  )?.[1];
  if (!encoded) {
    throw new Error(`No message in ${page.url}: ${page.body}`);
  }
  return JSON.parse(decodeURIComponent(encoded));
}

describe('sign-in with a real OpenID provider', () => {
  let provider: ChildProcess;
  let issuer: string;

  beforeAll(async () => {
    provider = spawn(process.execPath, [
      resolve(__dirname, '../__testUtils__/oidcServer.mjs'),
    ]);
    issuer = await new Promise((done, fail) => {
      let errors = '';
      provider.stderr!.on('data', data => {
        errors += data;
      });
      provider.stdout!.once('data', data => done(String(data).trim()));
      provider.once('exit', () => fail(new Error(errors)));
    });
  });

  afterAll(() => {
    provider.kill();
  });

  async function signInAs(
    login: string,
    options: { entities?: Entity[]; query?: Record<string, string> } = {},
  ): Promise<Page> {
    const auth: JsonObject = {
      session: { secret: 'a secret of this test' },
      providers: {
        oidc: {
          development: {
            clientId: 'waymark',
            clientSecret: 'the-secret-of-the-test-client',
            metadataUrl: `${issuer}/.well-known/openid-configuration`,
            prompt: 'auto',
          },
        },
      },
    };
    const { server } = await startAuthBackend({
      entities: options.entities ?? ENTITIES,
      config: { auth, waymark: { auth: { contact: 'people@acme.example' } } },
    });
    const backendUrl = `http://localhost:${server.port()}`;
    const browser = new Browser();
    const query = new URLSearchParams({
      env: 'development',
      origin: APP_URL,
      ...options.query,
    });
    const loginPage = await browser.open(
      `${backendUrl}/api/auth/oidc/start?${query}`,
    );
    const consentPage = await browser.submit(loginPage, {
      login,
      password: 'any',
    });
    return await browser.submit(consentPage, {});
  }

  it('lets in whom the catalog knows by the verified e-mail address', async () => {
    const { response, error } = postedMessage(await signInAs('mina'));
    expect(error).toBeUndefined();
    expect(response?.backstageIdentity.identity.userEntityRef).toBe(
      'user:default/mina',
    );
  });

  it('tells a stranger who they are, why that is not enough, and whom to ask', async () => {
    const page = await signInAs('stranger');
    expect(postedMessage(page)).toEqual({
      type: 'authorization_response',
      error: {
        name: 'NotAllowedError',
        message:
          'You are signed in to OpenID Connect as stranger@elsewhere.example, but no user of the catalog has this e-mail address. Ask people@acme.example to add you to the organisation, then sign in again.',
      },
    });
    expect(page.body).not.toMatch(/node_modules|\.ts:|stack/);
  });

  it('gives the same message to the redirect flow', async () => {
    const target = `${issuer}/.well-known/openid-configuration`;
    const page = await signInAs('stranger', {
      query: { flow: 'redirect', redirectUrl: target },
    });
    expect(new URL(page.url).searchParams.get('error')).toContain(
      'but no user of the catalog has this e-mail address',
    );
  });

  it('does not believe an address that the provider has not verified', async () => {
    const { response, error } = postedMessage(await signInAs('unverified'));
    expect(response).toBeUndefined();
    expect(error?.message).toContain('names no verified e-mail address');
  });

  it('refuses an address that two users share', async () => {
    const { error } = postedMessage(await signInAs('twin'));
    expect(error?.name).toBe('NotAllowedError');
    expect(error?.message).toContain('more than one user of the catalog');
  });

  it('asks to wait while the catalog holds nobody', async () => {
    const { error } = postedMessage(await signInAs('mina', { entities: [] }));
    expect(error?.name).toBe('ServiceUnavailableError');
    expect(error?.message).toContain('still loading');
  });
});
