export interface Config {
  waymark?: {
    clock?: {
      /**
       * ISO 8601 duration added to the clock of the machine, such as `-P30D`. Development only: refused when NODE_ENV
       * is `production`.
       */
      offset?: string;
    };
  };
}
