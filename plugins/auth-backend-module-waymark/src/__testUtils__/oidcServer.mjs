// A real OpenID provider (oidc-provider, certified) for tests. Its own process, because it is an ES module.
// Prints its issuer URL as the only line on stdout. The login name decides the claims.
import { Provider } from 'oidc-provider';

const ACCOUNTS = {
  mina: { email: 'mina@acme.example', email_verified: true, name: 'Mina' },
  stranger: {
    email: 'stranger@elsewhere.example',
    email_verified: true,
    name: 'Stranger',
  },
  unverified: {
    email: 'mina@acme.example',
    email_verified: false,
    name: 'Not Mina',
  },
  twin: { email: 'twin@acme.example', email_verified: true, name: 'Twin' },
  // The browser tests sign in people of the demo company.
  ...JSON.parse(process.env.OIDC_ACCOUNTS ?? '{}'),
};

const server = (await import('node:http')).createServer();
await new Promise(resolve => {
  server.listen(Number(process.env.OIDC_PORT ?? 0), '127.0.0.1', resolve);
});
const { port } = server.address();
// Where a proxy that ends TLS stands in front, everybody must see its address.
const issuer = process.env.OIDC_ISSUER ?? `http://localhost:${port}`;
const portalHost = process.env.OIDC_PORTAL_HOST ?? 'localhost';
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'waymark',
      client_secret: 'the-secret-of-the-test-client',
      redirect_uris: [`http://${portalHost}/`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name'],
  },
  pkce: { required: () => true },
  cookies: { keys: ['a-key-of-the-test-server'] },
  async findAccount(_context, id) {
    return {
      accountId: id,
      claims: async () => ({ sub: id, ...ACCOUNTS[id] }),
    };
  },
});
// The port of the backend under test is not known in advance.
provider.Client.prototype.redirectUriAllowed = uri =>
  new URL(uri).hostname === portalHost &&
  new URL(uri).pathname === '/api/auth/oidc/handler/frame';
provider.proxy = issuer.startsWith('https:');
server.on('request', provider.callback());
process.stdout.write(`${issuer}\n`);
