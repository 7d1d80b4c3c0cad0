import { UserIdentity } from '@backstage/core-components';
import { IdentityApi } from '@backstage/core-plugin-api';
import { forgetSignIn } from './rememberedSignIn';
import { SignInAuthApi } from './signInMethods';

/**
 * Signs in with a provider.
 *
 * @param mode - `resume` only takes up a session that exists; `popup` asks the person
 * @returns `undefined` when there is no session to resume
 * @throws Error with the backend's message when it knows the account but refuses it
 */
export async function signInWithProvider(
  authApi: SignInAuthApi,
  mode: 'resume' | 'popup',
): Promise<IdentityApi | undefined> {
  const response = await authApi.getBackstageIdentity(
    mode === 'resume' ? { optional: true } : { instantPopup: true },
  );
  if (!response) {
    if (mode === 'popup') {
      throw new Error('The provider is not configured for sign-in.');
    }
    return undefined;
  }
  const profile = await authApi.getProfile();
  const identity = UserIdentity.create({
    identity: response.identity,
    authApi: {
      getBackstageIdentity: options => authApi.getBackstageIdentity(options),
      getProfile: options => authApi.getProfile(options),
      signIn: () => authApi.signIn(),
      sessionState$: () => authApi.sessionState$(),
      signOut: async () => {
        forgetSignIn();
        await authApi.signOut();
      },
    },
    profile,
  });
  return identity;
}
