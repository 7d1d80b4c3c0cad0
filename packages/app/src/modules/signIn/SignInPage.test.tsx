import { ConfigReader } from '@backstage/core-app-api';
import {
  configApiRef,
  discoveryApiRef,
  githubAuthApiRef,
} from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInPage } from './SignInPage';

const personas = [
  {
    login: 'dev-checkout',
    role: 'Developer',
    title: 'Developer, team Checkout',
    description: 'Owns the checkout services.',
  },
  {
    login: 'auditor',
    role: 'Audit',
    title: 'Auditor',
    description: 'Reads everything, changes nothing.',
  },
];

function json(status: number, body: unknown): Response {
  return {
    ok: status < 400,
    status,
    statusText: '',
    headers: new Headers({ 'content-type': 'application/json' }),
    json: async () => body,
    text: async () => JSON.stringify(body),
  } as Response;
}

function session(login: string) {
  return {
    profile: { displayName: login },
    backstageIdentity: {
      token: `token-of-${login}`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: `user:default/${login}`,
        ownershipEntityRefs: [`user:default/${login}`],
      },
    },
  };
}

const refused = (message: string) =>
  json(403, {
    error: { name: 'NotAllowedError', message },
    response: { statusCode: 403 },
  });

function renderPage(options: {
  signIn: string[];
  refresh?: (login: string) => Response;
  githubApi?: object;
}) {
  const { refresh = login => json(200, session(login)) } = options;
  global.fetch = jest.fn(async (input: unknown, init?: RequestInit) =>
    String(input).endsWith('/personas/list')
      ? json(200, { personas })
      : refresh(JSON.parse(String(init?.body)).login),
  ) as typeof fetch;
  const onSignInSuccess = jest.fn();
  render(
    <TestApiProvider
      apis={[
        [
          configApiRef,
          new ConfigReader({
            organization: { name: 'Acme' },
            waymark: { auth: { signIn: options.signIn } },
          }),
        ],
        [
          discoveryApiRef,
          { getBaseUrl: async id => `http://localhost:7007/api/${id}` },
        ],
        [
          githubAuthApiRef,
          (options.githubApi ?? {}) as typeof githubAuthApiRef.T,
        ],
      ]}
    >
      <SignInPage onSignInSuccess={onSignInSuccess} />
    </TestApiProvider>,
  );
  return { onSignInSuccess };
}

describe('the sign-in page', () => {
  beforeEach(() => localStorage.clear());

  it('shows personas by role, marked as development sign-in, and signs in as one', async () => {
    const { onSignInSuccess } = renderPage({ signIn: ['personas'] });

    expect(
      await screen.findByRole('group', { name: 'Developer' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Development sign-in/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /auditor/ }));

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const identity = onSignInSuccess.mock.calls[0][0];
    expect(await identity.getCredentials()).toEqual({
      token: 'token-of-auditor',
    });
    expect(global.fetch).toHaveBeenCalledWith(
      'http://localhost:7007/api/auth/personas/refresh',
      expect.objectContaining({
        method: 'POST',
        headers: expect.objectContaining({
          'X-Requested-With': 'XMLHttpRequest',
        }),
      }),
    );
  });

  it('takes up the session after a reload, until the person signs out', async () => {
    localStorage.setItem('waymark.sign-in', 'persona:dev-checkout');
    const { onSignInSuccess } = renderPage({ signIn: ['personas'] });

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    await onSignInSuccess.mock.calls[0][0].signOut();
    expect(localStorage.getItem('waymark.sign-in')).toBeNull();
  });

  it('tells a person who is refused why, and lets them choose again', async () => {
    const { onSignInSuccess } = renderPage({
      signIn: ['personas'],
      refresh: () => refused('Ask the platform team to add you'),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /auditor/ }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Ask the platform team to add you',
    );
    expect(onSignInSuccess).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: /auditor/ })).toBeEnabled();
  });

  it('offers the providers of production and shows the refusal of an unknown user', async () => {
    renderPage({
      signIn: ['github'],
      githubApi: {
        getBackstageIdentity: async () => {
          throw new Error(
            'You are signed in to GitHub as eve, but no user of the catalog has this GitHub user id. Ask the platform team to add you.',
          );
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'signed in to GitHub as eve',
    );
    expect(screen.queryByText(/Development sign-in/)).not.toBeInTheDocument();
  });

  it('says what to do when no sign-in is configured', async () => {
    renderPage({ signIn: [] });
    expect(
      await screen.findByText(/must configure a provider/),
    ).toBeInTheDocument();
  });
});
