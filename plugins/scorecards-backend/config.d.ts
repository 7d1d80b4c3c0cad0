export interface Config {
  scorecards?: {
    push?: {
      /**
       * Services that may write facts or delivery events from outside. Each is an entry of `backend.auth.externalAccess`,
       * which holds its secret; what is not listed here may write nothing. A fact source names its writers besides.
       */
      services?: Array<{
        /** The `subject` of the entry of `backend.auth.externalAccess`. */
        subject: string;
        /** Ids of the fact sources that it may write. None by default. */
        sources?: string[];
        /** Whether it may report delivery events. Not by default. */
        delivery?: boolean;
        /** A filter predicate of the entities that it may write about, such as `{ kind: Component }`; `all` for all. */
        entities: 'all' | object;
      }>;
      /** Issuers of the OpenID Connect tokens of CI runs. A token speaks for the entities of its own repository only. */
      ci?: Array<{
        /** The `iss` of its tokens, such as `https://token.actions.githubusercontent.com`. */
        issuer: string;
        /** The host of the repositories that it speaks of, such as `github.com`. */
        host: string;
        /** The `aud` that a run has to ask for, such as the address of this portal. */
        audience: string;
        /** Where its keys are; `/.well-known/jwks` below the issuer when absent. */
        jwksUrl?: string;
        /** Whether its tokens may report delivery events. Not by default. */
        delivery?: boolean;
      }>;
    };
  };
}
