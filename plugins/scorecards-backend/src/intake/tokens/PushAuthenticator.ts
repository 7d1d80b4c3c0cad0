import {
  HttpAuthService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import { Clock } from '@waymark/waymark-node';
import { Request } from 'express';
import { PushWriter } from '../writers';
import { CiTokens } from './CiTokens';
import { readPushConfig } from './config';
import { ServiceTokens } from './ServiceTokens';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Tells who pushes facts and events: a service by its secret, or a CI run by its identity token. Users and services of
 * the portal are refused: none of them may say what is true of an entity.
 */
export class PushAuthenticator {
  readonly #services: ServiceTokens;
  readonly #ci: CiTokens;
  readonly #httpAuth: HttpAuthService;

  /** @throws Error that names the key of the configuration that is wrong */
  static fromConfig(options: {
    config: RootConfigService;
    httpAuth: HttpAuthService;
    clock: Clock;
  }): PushAuthenticator {
    const { services, ci } = readPushConfig(options.config);
    return new PushAuthenticator(
      ServiceTokens.create(services),
      CiTokens.create({ issuers: ci, clock: options.clock }),
      options.httpAuth,
    );
  }

  private constructor(
    services: ServiceTokens,
    ci: CiTokens,
    httpAuth: HttpAuthService,
  ) {
    this.#services = services;
    this.#ci = ci;
    this.#httpAuth = httpAuth;
  }

  /** @throws AuthenticationError for nobody, NotAllowedError for who is known to Backstage only */
  async authenticate(request: Request): Promise<PushWriter> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const writer =
      token === undefined
        ? undefined
        : this.#services.find(token) ?? (await this.#ci.verify(token));
    if (writer) return writer;
    await this.#httpAuth.credentials(request, { allow: [] });
    throw new AuthenticationError('Missing credentials');
  }
}
