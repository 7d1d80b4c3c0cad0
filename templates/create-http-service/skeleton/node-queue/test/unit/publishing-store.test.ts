import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CloudEvent } from '../../src/backend/cloud-event.ts';
import { PublishingItemStore } from '../../src/backend/publishing-store.ts';
import { createItem } from '../../src/items/item.ts';
import { MemoryItemStore } from '../../src/items/memory-store.ts';
import { StoreUnavailableError } from '../../src/items/store.ts';
import { SERVICE_NAME } from '../../src/service.ts';
import { itBehavesLikeAnItemStore } from '../support/item-store-contract.ts';

const accept = { publish: () => Promise.resolve() };

describe('PublishingItemStore', () => {
  itBehavesLikeAnItemStore(() => new PublishingItemStore(new MemoryItemStore(), accept));

  it('announces each item as a CloudEvent', async () => {
    const events: CloudEvent<unknown>[] = [];
    const store = new PublishingItemStore(new MemoryItemStore(), {
      publish: (event) => Promise.resolve(void events.push(event)),
    });
    const item = createItem({ name: 'first' });
    await store.create(item);

    assert.deepEqual(events, [
      {
        specversion: '1.0',
        id: item.id,
        source: `/${SERVICE_NAME}`,
        type: `${SERVICE_NAME}.item.created.v1`,
        subject: item.id,
        time: item.createdAt,
        datacontenttype: 'application/json',
        data: item,
      },
    ]);
  });

  it('keeps no item that could not be announced', async () => {
    const store = new PublishingItemStore(new MemoryItemStore(), {
      publish: () => Promise.reject(new StoreUnavailableError('no broker')),
    });
    const item = createItem({ name: 'lost' });
    await assert.rejects(store.create(item), StoreUnavailableError);
    assert.equal(await store.find(item.id), undefined);
  });
});
