import {
  BackstageUserIdentity,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { PersonaSession, PersonasClient } from './PersonasClient';
import { forgetSignIn } from './rememberedSignIn';

const DEFAULT_LIFETIME_SECONDS = 300;
const RENEW_BEFORE_SECONDS = 60;

/** The identity of a persona; asks for a new token shortly before the old one runs out. */
export class PersonaIdentity implements IdentityApi {
  readonly #client: PersonasClient;
  readonly #login: string;
  #session: PersonaSession;
  #renewAt: number;
  #renewal: Promise<void> | undefined;

  /** @throws ResponseError when the backend refuses the sign-in, with a message for the person */
  static async signIn(options: {
    client: PersonasClient;
    login: string;
  }): Promise<PersonaIdentity> {
    const { client, login } = options;
    return new PersonaIdentity(client, login, await client.signIn(login));
  }

  private constructor(
    client: PersonasClient,
    login: string,
    session: PersonaSession,
  ) {
    this.#client = client;
    this.#login = login;
    this.#session = session;
    this.#renewAt = renewalOf(session);
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return this.#session.profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return this.#session.backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    if (Date.now() >= this.#renewAt) {
      // Pages ask for credentials many times at once; one renewal serves them all.
      this.#renewal ??= this.#renew().finally(() => {
        this.#renewal = undefined;
      });
      await this.#renewal;
    }
    return { token: this.#session.backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    forgetSignIn();
  }

  async #renew(): Promise<void> {
    this.#session = await this.#client.signIn(this.#login);
    this.#renewAt = renewalOf(this.#session);
  }
}

function renewalOf(session: PersonaSession): number {
  const lifetime =
    session.backstageIdentity.expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const seconds = Math.max(lifetime - RENEW_BEFORE_SECONDS, lifetime / 2);
  return Date.now() + seconds * 1000;
}
