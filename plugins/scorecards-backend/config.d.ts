export interface Config {
  scorecards?: {
    badges?: {
      /**
       * Whose badges are shown to whoever is not signed in, as a README on a forge needs: `all`, or a filter predicate such
       * as `{ kind: Component, spec.lifecycle: production }`. Name only what everybody who is signed in may read. Nobody's
       * by default.
       */
      public?: false | 'all' | object;
    };
    /**
     * Once a week owners are told what has changed in the scores of what they own, and what comes next; `false` for never.
     */
    digest?:
      | false
      | {
          /** Monday by default. */
          day?:
            | 'monday'
            | 'tuesday'
            | 'wednesday'
            | 'thursday'
            | 'friday'
            | 'saturday'
            | 'sunday';
          /** Time of the day, `08:00` by default. */
          time?: string;
          /** IANA name of the zone of that time, such as `Europe/Berlin`; `UTC` by default. */
          timeZone?: string;
        };
    ledger?: {
      /**
       * Signs how far the ledger has come and adds it to a file, out of reach of whoever can write to the database. Nothing
       * is signed by default.
       */
      heads?: {
        /** The name of the ledger and of its key, unique in the world, such as `acme.example/waymark/scorecards`. */
        origin: string;
        /**
         * The private key, Ed25519 in PEM, such as what `openssl genpkey -algorithm ed25519` makes.
         * @visibility secret
         */
        key: string;
        /** Absolute path of the file. Replicas share it, or have one each, which together are all heads. */
        file: string;
      };
    };
    push?: {
      /**
       * Services that may write facts or delivery events from outside. What is not listed here may write nothing, and a
       * fact source names its writers besides.
       */
      services?: Array<{
        /** What fact sources call it under `writers`, as `token`. */
        subject: string;
        /**
         * Its bearer token, of 24 characters at least, such as what `openssl rand -base64 32` makes. It is good for
         * nothing else.
         * @visibility secret
         */
        secret: string;
        /** Ids of the fact sources that it may write. None by default. */
        sources?: string[];
        /** Whether it may report delivery events. Not by default. */
        delivery?: boolean;
        /**
         * Groups such as `group:default/checkout`: it may write only about what they, or groups below them, own. Whatever
         * anybody owns by default.
         */
        owners?: string[];
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
        /**
         * Claims that a token must have besides, with the values that are good, such as `ref: [refs/heads/main]`.
         * Without it every run of a repository may write, one of a pull request too.
         */
        claims?: { [claim: string]: string[] };
        /** Whether its tokens may report delivery events. Not by default. */
        delivery?: boolean;
      }>;
    };
  };
}
