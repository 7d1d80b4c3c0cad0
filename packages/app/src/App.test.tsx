import { render, screen } from '@testing-library/react';
import App from './App';

function configure(signIn: string[]) {
  // Where the app looks for its configuration in a test; the type knows texts only.
  const value = {
    NODE_ENV: 'test',
    APP_CONFIG: [
      {
        data: {
          app: { title: 'Waymark', packages: 'all' },
          organization: { name: 'Acme' },
          backend: { baseUrl: 'http://localhost:7007' },
          waymark: { auth: { signIn } },
          techdocs: {
            storageUrl: 'http://localhost:7007/api/techdocs/static/docs',
          },
        },
        context: 'test',
      },
    ],
  };
  Object.defineProperty(process, 'env', { value });
}

describe('the app', () => {
  it('asks a stranger to sign in', async () => {
    configure(['github']);
    render(App.createRoot());

    expect(
      await screen.findByRole(
        'button',
        { name: 'Sign in with GitHub' },
        { timeout: 15_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      'Sign in',
    );
  }, 30_000);
});
