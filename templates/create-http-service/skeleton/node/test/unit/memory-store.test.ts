import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createItem } from '../../src/items/item.ts';
import { MemoryItemStore } from '../../src/items/memory-store.ts';
import { itBehavesLikeAnItemStore } from '../support/item-store-contract.ts';

describe('MemoryItemStore', () => {
  itBehavesLikeAnItemStore(() => new MemoryItemStore());

  it('forgets the oldest items when it is full', async () => {
    const store = new MemoryItemStore(2);
    const items = [1, 2, 3].map((time) => createItem({ name: 'x' }, new Date(time)));
    for (const item of items) await store.create(item);
    assert.deepEqual(await store.list({ limit: 10 }), items.slice(1));
    assert.equal(await store.find(items[0]?.id ?? ''), undefined);
  });
});
