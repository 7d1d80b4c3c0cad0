import { SpanKind } from '@opentelemetry/api';
import { Pool, type QueryResult, type QueryResultRow } from 'pg';
import { StoreUnavailableError } from '../items/store.ts';
import type { Logger } from '../logger.ts';
import { SERVICE_NAME } from '../service.ts';
import { withSpan } from '../telemetry.ts';
import { isUnavailable } from './errors.ts';

/** A pool of connections whose calls are bounded in time and visible in traces. */
export class Database {
  readonly #pool: Pool;

  constructor(connectionString: string, logger: Logger) {
    this.#pool = new Pool({
      connectionString,
      application_name: SERVICE_NAME,
      max: 10,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 5_000, // the server gives up …
      query_timeout: 6_000, // … and if it cannot say so, we do
      keepAlive: true,
    });
    // An idle connection that breaks is replaced by the next query; unheard, it ends the process.
    this.#pool.on('error', (error) => {
      logger.warn({ err: error }, 'lost an idle database connection');
    });
  }

  /** Runs one prepared statement. */
  async query<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
    return withSpan(`postgresql ${name}`, { kind: SpanKind.CLIENT, attributes }, async () => {
      try {
        return await this.#pool.query<Row>({ name, text, values });
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        throw new StoreUnavailableError('the database does not answer', { cause: error });
      }
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
