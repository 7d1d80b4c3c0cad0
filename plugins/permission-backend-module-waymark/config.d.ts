export interface Config {
  waymark?: {
    permission?: {
      /** Which groups of the catalog hold which role. Members of a group below one of them do not. */
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
