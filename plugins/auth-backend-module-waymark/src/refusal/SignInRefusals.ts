import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  NotAllowedError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import { SignInInfo, SignInResolver } from '@backstage/plugin-auth-node';
import { CatalogReadiness } from '../catalog/CatalogReadiness';

/** How the accounts of one provider are matched to users of the catalog. */
export interface AccountMatching<TAuthResult> {
  /** The name of the provider as people know it, such as `GitHub`. */
  provider: string;
  /** What is compared, such as `e-mail address`. */
  attribute: string;
  /** Whether only what the provider says is verified counts. */
  verified?: boolean;
  /** Who the person is at the provider; undefined when the provider does not say, or it does not count. */
  account(info: SignInInfo<TAuthResult>): string | undefined;
  resolver: SignInResolver<TAuthResult>;
}

/**
 * Turns a failed match into a message for the person who tried to sign in: who they are signed in as, why that is not
 * enough, and whom to ask.
 *
 * @remarks
 *
 * The message reaches the browser as `error.message` of the `authorization_response` that the pop-up posts, as the query
 * parameter `error` of the redirect flow, and in the body of a 401 on refresh. What the person cannot do anything about
 * goes to the log, under a reference that the message repeats.
 */
export class SignInRefusals {
  readonly #contact: string;
  readonly #logger: LoggerService;
  readonly #readiness: CatalogReadiness;

  static fromConfig(
    config: Config,
    options: { logger: LoggerService; readiness: CatalogReadiness },
  ): SignInRefusals {
    return new SignInRefusals(
      config.getOptionalString('waymark.auth.contact') ??
        'the team that runs this portal',
      options,
    );
  }

  private constructor(
    contact: string,
    options: { logger: LoggerService; readiness: CatalogReadiness },
  ) {
    this.#contact = contact;
    this.#logger = options.logger;
    this.#readiness = options.readiness;
  }

  /** The resolver of `matching`, which now explains what it refuses. */
  explain<TAuthResult>(
    matching: AccountMatching<TAuthResult>,
  ): SignInResolver<TAuthResult> {
    const { provider, attribute, verified } = matching;
    return async (info, context) => {
      const account = matching.account(info);
      if (!account) {
        throw new NotAllowedError(
          `You are signed in to ${provider}, but it names no ${
            verified ? `verified ${attribute}` : attribute
          } for you, and that is how Waymark finds you in the catalog. ${
            verified ? 'Verify' : 'Set'
          } your ${attribute} with ${provider}, or ask ${this.#contact}.`,
        );
      }
      try {
        return await matching.resolver(info, context);
      } catch (error) {
        throw await this.#translate(error, { provider, attribute, account });
      }
    };
  }

  async #translate(
    error: unknown,
    who: { provider: string; attribute: string; account: string },
  ): Promise<Error> {
    const signedIn = `You are signed in to ${who.provider} as ${who.account}`;
    const name = isError(error) ? error.name : undefined;
    try {
      if (name === 'NotFoundError') {
        await this.#readiness.assertHasUsers();
        this.#logger.info(
          `Refused a sign-in by ${who.provider}: no user of the catalog has this ${who.attribute}`,
        );
        return new NotAllowedError(
          `${signedIn}, but no user of the catalog has this ${
            who.attribute
          }. Ask ${
            this.#contact
          } to add you to the organisation, then sign in again.`,
        );
      }
      if (name === 'ConflictError') {
        return new NotAllowedError(
          `${signedIn}, but more than one user of the catalog has this ${
            who.attribute
          }. Ask ${this.#contact} to correct it, then sign in again.`,
        );
      }
    } catch (readinessError) {
      if (
        isError(readinessError) &&
        readinessError.name === 'ServiceUnavailableError'
      ) {
        return readinessError;
      }
      return this.#unexpected(readinessError, signedIn);
    }
    return this.#unexpected(error, signedIn);
  }

  #unexpected(error: unknown, signedIn: string): Error {
    const reference = randomUUID();
    this.#logger.error(
      `Sign-in failed, reference ${reference}`,
      isError(error) ? error : new Error(String(error)),
    );
    return new ServiceUnavailableError(
      `${signedIn}, but Waymark could not look you up in the catalog. Try again in a minute; if it stays, tell ${
        this.#contact
      } the reference ${reference}.`,
    );
  }
}
