import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Clock } from '@waymark/waymark-node';
import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  JWTPayload,
  jwtVerify,
  JWTVerifyGetKey,
} from 'jose';
import { CiWriter, RepositoryIdentity } from '../writers';
import { CiIssuer } from './config';

/** Signatures by a key pair; a shared secret or none at all is what a forger would choose. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];
const TOLERANCE_SECONDS = 30;
const KEYS_TIMEOUT_MILLIS = 5_000;
const REPOSITORY = /^([\w.-]{1,100})\/([\w.-]{1,100})$/;

type Issuer = CiIssuer & { keys: JWTVerifyGetKey };

/**
 * Knows CI runs by the OpenID Connect tokens that their forge gives them. Keys are asked for at the configured addresses
 * only, whatever a token says, and redirects are not followed.
 */
export class CiTokens {
  readonly #issuers: ReadonlyMap<string, Issuer>;
  readonly #clock: Clock;

  static create(options: {
    issuers: readonly CiIssuer[];
    clock: Clock;
  }): CiTokens {
    return new CiTokens(options.issuers, options.clock);
  }

  private constructor(issuers: readonly CiIssuer[], clock: Clock) {
    this.#issuers = new Map(
      issuers.map(issuer => [
        issuer.issuer,
        {
          ...issuer,
          keys: createRemoteJWKSet(new URL(issuer.jwksUrl), {
            timeoutDuration: KEYS_TIMEOUT_MILLIS,
          }),
        },
      ]),
    );
    this.#clock = clock;
  }

  /**
   * Whose token it is.
   *
   * @returns undefined for what no configured issuer has issued
   * @throws AuthenticationError when it is not valid; NotAllowedError when it lacks a claim that is configured;
   * ServiceUnavailableError when its issuer does not give its keys
   */
  async verify(token: string): Promise<CiWriter | undefined> {
    const issuer = this.#issuerOf(token);
    if (!issuer) return undefined;
    const claims = await this.#verified(token, issuer);
    for (const [claim, good] of Object.entries(issuer.claims)) {
      if (!good.includes(String(claims[claim]))) {
        throw new NotAllowedError(
          `The CI token has another ${claim} than ${good.join(' or ')}`,
        );
      }
    }
    return {
      kind: 'ci',
      repository: repositoryOf(claims, issuer.host),
      delivery: issuer.delivery,
    };
  }

  #issuerOf(token: string): Issuer | undefined {
    try {
      return this.#issuers.get(decodeJwt(token).iss ?? '');
    } catch {
      return undefined;
    }
  }

  async #verified(token: string, issuer: Issuer): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'repository'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: this.#clock.now(),
      });
      return payload;
    } catch (error) {
      if (isFaultOfToken(error)) {
        throw new AuthenticationError(
          `The CI token is not valid: ${error.message}`,
        );
      }
      throw new ServiceUnavailableError(
        `The keys of ${issuer.issuer} cannot be had`,
        error,
      );
    }
  }
}

function isFaultOfToken(error: unknown): error is errors.JOSEError {
  // What went wrong with the keys has this general code, or is no error of the library at all.
  return (
    error instanceof errors.JOSEError &&
    !['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'].includes(
      error.code,
    )
  );
}

function repositoryOf(claims: JWTPayload, host: string): RepositoryIdentity {
  const [, owner, repository] =
    REPOSITORY.exec(String(claims.repository)) ?? [];
  if (repository === undefined) {
    throw new AuthenticationError(
      'The CI token is not valid: "repository" must be owner/name',
    );
  }
  const id = claims.repository_id;
  return {
    host,
    owner,
    repository,
    ...((typeof id === 'string' || typeof id === 'number') && {
      repositoryId: String(id),
    }),
  };
}
