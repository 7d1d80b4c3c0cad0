import type { Item } from '../items/item.ts';
import type { ItemStore, ListOptions } from '../items/store.ts';
import type { Database } from './database.ts';

interface ItemRow {
  id: string;
  name: string;
  created_at: Date;
}

export class PostgresItemStore implements ItemStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create({ id, name, createdAt }: Item): Promise<void> {
    await this.#database.query(
      'create item',
      'INSERT INTO items (id, name, created_at) VALUES ($1, $2, $3)',
      [id, name, createdAt],
    );
  }

  async find(id: string): Promise<Item | undefined> {
    const { rows } = await this.#database.query<ItemRow>(
      'find item',
      'SELECT id, name, created_at FROM items WHERE id = $1',
      [id],
    );
    return rows.map(toItem)[0];
  }

  async list({ limit, after }: ListOptions): Promise<Item[]> {
    const { rows } = await this.#database.query<ItemRow>(
      'list items',
      `SELECT id, name, created_at FROM items
        WHERE id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
        ORDER BY id LIMIT $2`,
      [after, limit],
    );
    return rows.map(toItem);
  }
}

const toItem = ({ id, name, created_at }: ItemRow): Item => ({
  id,
  name,
  createdAt: created_at.toISOString(),
});
