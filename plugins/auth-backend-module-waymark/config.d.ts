export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign in as one of `waymark.auth.personas` without a password. Development only: a backend whose NODE_ENV is
       * `production` refuses to start with it.
       * @visibility frontend
       */
      personas?: {};
    };
  };
  waymark?: {
    auth?: {
      /**
       * The providers that the sign-in page offers, in this order: `personas`, `oidc`, `okta`, `microsoft`, `github`.
       * When it is not set it lists the providers that are configured.
       * @deepVisibility frontend
       */
      signIn?: Array<'personas' | 'oidc' | 'okta' | 'microsoft' | 'github'>;
      /**
       * Whom a person asks who is signed in but is no user of the catalog, such as `the platform team (#platform)`.
       * Completes the sentence "Ask … to add you".
       * @visibility frontend
       */
      contact?: string;
      /** The catalog users that a developer may sign in as. */
      personas?: Array<{
        /** The login in the forge: name of the catalog user in namespace `default`. */
        login: string;
        /** The heading under which the sign-in page shows the persona, such as `Developer`. */
        role: string;
        /** One line: position and team. */
        title: string;
        /** What this person does in the portal. */
        description: string;
      }>;
    };
  };
}
