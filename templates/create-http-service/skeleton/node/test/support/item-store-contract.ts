import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { createItem } from '../../src/items/item.ts';
import type { ItemStore } from '../../src/items/store.ts';

/** What every implementation of ItemStore must do, whatever it keeps items in. */
export function itBehavesLikeAnItemStore(open: () => ItemStore): void {
  it('finds what was created, and nothing else', async () => {
    const store = open();
    const item = createItem({ name: `O'Reilly & "Söhne" \\ 🚀` });
    await store.create(item);
    assert.deepEqual(await store.find(item.id), item);
    assert.equal(await store.find(randomUUID()), undefined);
  });

  it('lists in the order of ids, from any place on', async () => {
    const store = open();
    const start = Date.now() + 60_000;
    const [first, second, third] = [1, 2, 3].map((n) =>
      createItem({ name: `item ${n}` }, new Date(start + n)),
    );
    assert.ok(first && second && third);
    for (const item of [second, third, first]) await store.create(item);

    assert.deepEqual(await store.list({ after: first.id, limit: 10 }), [second, third]);
    assert.deepEqual(await store.list({ after: first.id, limit: 1 }), [second]);
    assert.deepEqual(await store.list({ after: third.id, limit: 10 }), []);
    assert.equal((await store.list({ limit: 2 })).length, 2);
  });
}
