import {
  BackstageIdentityApi,
  ConfigApi,
  ProfileInfoApi,
  SessionApi,
  githubAuthApiRef,
  microsoftAuthApiRef,
  oktaAuthApiRef,
} from '@backstage/core-plugin-api';
import { ApiRef } from '@backstage/frontend-plugin-api';
import { oidcAuthApiRef } from './oidcAuthApi';

export type SignInAuthApi = BackstageIdentityApi & ProfileInfoApi & SessionApi;

/** A provider of production that people sign in with in a pop-up. */
export interface SignInProvider {
  id: string;
  title: string;
  apiRef: ApiRef<SignInAuthApi>;
}

const providers: SignInProvider[] = [
  { id: 'oidc', title: 'Single sign-on', apiRef: oidcAuthApiRef },
  { id: 'okta', title: 'Okta', apiRef: oktaAuthApiRef },
  { id: 'microsoft', title: 'Microsoft', apiRef: microsoftAuthApiRef },
  { id: 'github', title: 'GitHub', apiRef: githubAuthApiRef },
];

/** What the sign-in page offers, from `waymark.auth.signIn`, else from the providers that are configured. */
export function readSignInMethods(config: ConfigApi): {
  personas: boolean;
  providers: SignInProvider[];
} {
  const offered =
    config.getOptionalStringArray('waymark.auth.signIn') ??
    ['personas', ...providers.map(provider => provider.id)].filter(id =>
      config.has(`auth.providers.${id}`),
    );
  return {
    personas: offered.includes('personas'),
    providers: offered.flatMap(id =>
      providers.filter(provider => provider.id === id),
    ),
  };
}
