import {
  githubAuthenticator,
  githubSignInResolvers,
} from '@backstage/plugin-auth-backend-module-github-provider';
import { microsoftAuthenticator } from '@backstage/plugin-auth-backend-module-microsoft-provider';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { oktaAuthenticator } from '@backstage/plugin-auth-backend-module-okta-provider';
import {
  AuthProvidersExtensionPoint,
  SignInInfo,
  commonSignInResolvers,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { SignInRefusals } from '../refusal/SignInRefusals';

const byEmail = {
  attribute: 'e-mail address',
  account: (info: SignInInfo<unknown>) => info.profile.email,
  resolver: commonSignInResolvers.emailMatchingUserEntityProfileEmail(),
};

/**
 * Registers the providers of production with Backstage's own authenticators and matching, and refusals that explain.
 * Which of them are on is up to `auth.providers`.
 */
export function registerSignInProviders(options: {
  providers: AuthProvidersExtensionPoint;
  refusals: SignInRefusals;
}): void {
  const { providers, refusals } = options;
  providers.registerProvider({
    providerId: 'oidc',
    factory: createOAuthProviderFactory({
      authenticator: oidcAuthenticator,
      signInResolver: refusals.explain({
        ...byEmail,
        provider: 'OpenID Connect',
        // Its authenticator leaves out an address without `email_verified`; the others are told of no such thing.
        verified: true,
      }),
    }),
  });
  providers.registerProvider({
    providerId: 'okta',
    factory: createOAuthProviderFactory({
      authenticator: oktaAuthenticator,
      signInResolver: refusals.explain({ ...byEmail, provider: 'Okta' }),
    }),
  });
  providers.registerProvider({
    providerId: 'microsoft',
    factory: createOAuthProviderFactory({
      authenticator: microsoftAuthenticator,
      signInResolver: refusals.explain({ ...byEmail, provider: 'Microsoft' }),
    }),
  });
  providers.registerProvider({
    providerId: 'github',
    factory: createOAuthProviderFactory({
      authenticator: githubAuthenticator,
      signInResolver: refusals.explain({
        provider: 'GitHub',
        attribute: 'GitHub user id',
        account: ({ result }) => result.fullProfile.username,
        // The id stays with the person; a login can be renamed and taken by somebody else.
        resolver: githubSignInResolvers.userIdMatchingUserEntityAnnotation(),
      }),
    }),
  });
}
