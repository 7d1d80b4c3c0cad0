export interface Config {
  waymark?: {
    auth?: {
      /**
       * Whom people ask, such as `the platform team (#platform)`. Completes the sentence "Ask …".
       * @visibility frontend
       */
      contact?: string;
    };
  };
}
