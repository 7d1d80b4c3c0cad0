export interface Config {
  waymark?: {
    catalog?: {
      /**
       * The repositories that may define people, groups, domains, locations, templates, scorecards, fact sources, risk
       * models and initiatives: `owner/name`, `host/owner/name`, with `@branch` when the branch is not `main`. The
       * host may be left out when `integrations.github` has one entry. Nobody may when this is absent.
       */
      trustedSources?: string[];
    };
  };
}
