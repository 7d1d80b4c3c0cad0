/** What the service needs to start as a process of its own, besides the defaults. */
export const requiredEnvironment: Record<string, string> = {
  KAFKA_BROKERS: process.env.KAFKA_BROKERS ?? '127.0.0.1:1',
};

/** A variable that is wrong in a way only this back end knows. */
export const wrongEnvironment: Record<string, string> = {
  KAFKA_BROKERS: 'kafka.example.com',
};
