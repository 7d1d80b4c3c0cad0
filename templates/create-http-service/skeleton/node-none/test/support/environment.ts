/** What the service needs to start as a process of its own, besides the defaults. */
export const requiredEnvironment: Record<string, string> = {};

/** A variable that is wrong in a way only this back end knows: there is none. */
export const wrongEnvironment: Record<string, string> = {};
