import { DiscoveryApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const personasSchema = z.object({
  personas: z.array(
    z.object({
      login: z.string(),
      /** The heading under which the persona is shown. */
      role: z.string(),
      title: z.string(),
      description: z.string(),
    }),
  ),
});

const sessionSchema = z.object({
  profile: z.object({
    email: z.string().optional(),
    displayName: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});

/** Somebody to sign in as in development. */
export type Persona = z.infer<typeof personasSchema>['personas'][number];
/** What the backend answers to a sign-in. */
export type PersonaSession = z.infer<typeof sessionSchema>;

/** Lists personas and signs in as one. Uses plain `fetch`: before sign-in there is no identity to send. */
export class PersonasClient {
  readonly #discoveryApi: DiscoveryApi;

  static create(options: { discoveryApi: DiscoveryApi }): PersonasClient {
    return new PersonasClient(options.discoveryApi);
  }

  private constructor(discoveryApi: DiscoveryApi) {
    this.#discoveryApi = discoveryApi;
  }

  async list(): Promise<Persona[]> {
    const response = await fetch(`${await this.#baseUrl()}/list`);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return personasSchema.parse(await response.json()).personas;
  }

  async signIn(login: string): Promise<PersonaSession> {
    const response = await fetch(`${await this.#baseUrl()}/refresh`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Requested-With': 'XMLHttpRequest',
      },
      body: JSON.stringify({ login }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return sessionSchema.parse(await response.json());
  }

  async #baseUrl(): Promise<string> {
    return `${await this.#discoveryApi.getBaseUrl('auth')}/personas`;
  }
}
