import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Client } from 'pg';

/** The same depth from `src/` and from `dist/`. */
const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/**
 * Applies the files of `migrations/` that the database does not have yet, in the order of their
 * names, each in a transaction of its own. Any number of instances may do so at once: an
 * advisory lock lets one work while the others wait. Returns the names of what it applied.
 */
export async function migrate(
  connectionString: string,
  service: string,
  directory: URL = MIGRATIONS,
): Promise<string[]> {
  const client = new Client({
    connectionString,
    application_name: `${service} migrations`,
    connectionTimeoutMillis: 3_000,
  });
  // A connection that breaks also makes the query at hand reject: that is where it is handled.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Held by the session: it ends with the connection, whatever happens.
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
      `${service}/migrations`,
    ]);
    return await applyPending(client, directory);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function applyPending(client: Client, directory: URL): Promise<string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       name text PRIMARY KEY,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM schema_migrations',
  );
  const checksums = new Map(rows.map(({ name, checksum }) => [name, checksum]));

  const applied: string[] = [];
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of files) {
    const sql = await readFile(new URL(name, directory), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const known = checksums.get(name);
    if (known === checksum) continue;
    if (known !== undefined) {
      throw new Error(`migration ${name} was changed after it was applied: add a new one instead`);
    }
    await apply(client, name, sql, checksum);
    applied.push(name);
  }
  return applied;
}

async function apply(client: Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [
      name,
      checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
