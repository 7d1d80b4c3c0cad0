import { isUserEntity } from '@backstage/catalog-model';
import {
  InputError,
  NotAllowedError,
  NotImplementedError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import {
  AuthProviderFactory,
  AuthResolverContext,
  ClientAuthResponse,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import { z } from 'zod';
import { CatalogReadiness } from '../catalog/CatalogReadiness';
import { assertSameSite } from './assertSameSite';
import { personaEntityRef } from './personaEntityRef';
import { Persona } from './readPersonas';

const bodySchema = z.strictObject({ login: z.string() });

/**
 * The auth provider `personas`: `POST /api/auth/personas/refresh` with `{ "login": "dev-checkout" }` answers with an
 * identity of that catalog user, in the same form as every other provider.
 *
 * @remarks
 *
 * There is no session to keep: the page remembers the login, and asks again when the token runs out.
 *
 * @throws Error when `NODE_ENV` is `production`.
 */
export function createPersonasProviderFactory(options: {
  personas: Persona[];
  readiness: CatalogReadiness;
}): AuthProviderFactory {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'The auth provider personas is for development only: remove auth.providers.personas',
    );
  }
  const { personas, readiness } = options;

  return ({ appUrl, isOriginAllowed, resolverContext }) => ({
    async start() {
      throw new NotImplementedError('Personas sign in without a pop-up');
    },
    async frameHandler() {
      throw new NotImplementedError('Personas sign in without a pop-up');
    },
    async refresh(request, response) {
      assertSameSite(request, { appUrl, isOriginAllowed });
      const body = bodySchema.safeParse(request.body);
      if (!body.success) {
        throw new InputError(
          `Invalid request body, ${z.prettifyError(body.error)}`,
        );
      }
      const { login } = body.data;
      if (!personas.some(persona => persona.login === login)) {
        throw new NotAllowedError(
          `'${login}' is not one of waymark.auth.personas (${personas
            .map(persona => persona.login)
            .join(', ')})`,
        );
      }
      try {
        response.json(await signIn(login, resolverContext));
      } catch (error) {
        if (!isError(error) || error.name !== 'NotFoundError') {
          throw error;
        }
        await readiness.assertHasUsers();
        throw new ServiceUnavailableError(
          `${personaEntityRef(
            login,
          )} is not in the catalog yet. If it does not appear within a minute, the log of the backend says why the people of the organisation could not be read.`,
        );
      }
    },
  });
}

async function signIn(
  login: string,
  context: AuthResolverContext,
): Promise<ClientAuthResponse<{}>> {
  const query = { entityRef: personaEntityRef(login) };
  const { entity } = await context.findCatalogUser(query);
  const identity = await context.signInWithCatalogUser(query);
  const profile = isUserEntity(entity) ? entity.spec.profile : undefined;
  return {
    providerInfo: {},
    profile: {
      displayName: profile?.displayName ?? login,
      email: profile?.email,
      picture: profile?.picture,
    },
    backstageIdentity: prepareBackstageIdentityResponse(identity),
  };
}
