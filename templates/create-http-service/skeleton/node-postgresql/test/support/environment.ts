/** What the service needs to start as a process of its own, besides the defaults. */
export const requiredEnvironment: Record<string, string> = {
  DATABASE_URL: process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:1/nothing',
};

/** A variable that is wrong in a way only this back end knows. */
export const wrongEnvironment: Record<string, string> = {
  DATABASE_URL: 'mysql://root:hunter2@localhost/items',
};
