export interface Config {
  waymark?: {
    permission?: {
      /** The groups of the catalog whose direct members hold each role. */
      groups?: {
        /** Keeps the portal and its templates: entity references of groups. Default `group:default/platform`. */
        platform?: string[];
        /** Decides on risk: entity references of groups. Default `group:default/security`. */
        security?: string[];
        /** Reads everything, changes nothing: entity references of groups. Default `group:default/audit`. */
        audit?: string[];
      };
    };
  };
}
