import { EntitySnapshot } from '@waymark/waymark-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';

export const PLACEMENTS = 'placements';
export const PLACEMENT_KEYS = 'placement_keys';

const CHUNK = 500;

/** What results are rolled up by; `all` is every entity together. */
export type Dimension = 'all' | 'owner' | 'system' | 'domain' | 'type';

/** Names a roll-up; the key of `all` is empty. */
export type PlacementKey = readonly [dimension: Dimension, key: string];

/** The parts of a snapshot that say where its entity stands. */
export type Placed = Pick<
  EntitySnapshot,
  'ownerPath' | 'system' | 'domain' | 'type'
>;

/** Every roll-up that the results of an entity are in: a team counts for all the groups above it. */
export function keysOf({
  ownerPath,
  system,
  domain,
  type,
}: Placed): PlacementKey[] {
  const optional = (dimension: Dimension, key: string | undefined) =>
    key === undefined ? [] : [[dimension, key] as const];
  return [
    ['all', ''],
    ...[...new Set(ownerPath)].map(group => ['owner', group] as const),
    ...optional('system', system),
    ...optional('domain', domain),
    ...optional('type', type),
  ];
}

// Owner paths have no bound, but what an index holds has one.
const hashOf = (keys: readonly PlacementKey[]) =>
  createHash('sha256').update(JSON.stringify(keys)).digest('hex');

/**
 * Gives a number to each place where entities stand; the same one to those who stand at the same, so that a result says
 * all its roll-ups in one number.
 *
 * @param tx - that holds the lock of the writer of entities
 * @returns the numbers, in the order given
 */
export async function numberPlacements(
  tx: Knex.Transaction,
  placed: readonly Placed[],
): Promise<number[]> {
  const hashes: string[] = [];
  const keys = new Map<string, PlacementKey[]>();
  for (const one of placed) {
    const own = keysOf(one);
    const hash = hashOf(own);
    hashes.push(hash);
    keys.set(hash, own);
  }
  const numbers = await readNumbers(tx, [...keys.keys()]);
  const fresh = [...keys.keys()].filter(hash => !numbers.has(hash));
  if (fresh.length > 0) {
    await tx.batchInsert(
      PLACEMENTS,
      fresh.map(hash => ({ hash })),
      CHUNK,
    );
    const created = await readNumbers(tx, fresh);
    await tx.batchInsert(
      PLACEMENT_KEYS,
      [...created].flatMap(([hash, placement_id]) =>
        keys
          .get(hash)!
          .map(([dimension, key]) => ({ placement_id, dimension, key })),
      ),
      CHUNK,
    );
    created.forEach((id, hash) => numbers.set(hash, id));
  }
  return hashes.map(hash => numbers.get(hash)!);
}

async function readNumbers(
  tx: Knex.Transaction,
  hashes: string[],
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const some of chunks(hashes, CHUNK)) {
    const rows: { id: number; hash: string }[] = await tx(PLACEMENTS).whereIn(
      'hash',
      some,
    );
    rows.forEach(({ id, hash }) => numbers.set(hash, id));
  }
  return numbers;
}
