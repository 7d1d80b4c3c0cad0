import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createItem,
  decodeCursor,
  encodeCursor,
  isItemId,
  newItemSchema,
} from '../../src/items/item.ts';

describe('item', () => {
  it('has an id that grows with time', () => {
    const times = [0, 1, 1_000, Date.now(), 2 ** 47];
    const ids = times.map((time) => createItem({ name: 'x' }, new Date(time)).id);
    assert.deepEqual(ids.toSorted(), ids);
    for (const id of ids) assert.match(id, /^.{8}-.{4}-7.{3}-[89ab].{3}-.{12}$/);
    assert.ok(ids.every(isItemId));
  });

  it('has a cursor that leads back to its id', () => {
    const { id } = createItem({ name: 'x' });
    assert.equal(decodeCursor(encodeCursor(id)), id);
  });

  for (const cursor of ['', 'x', '../../etc/passwd', encodeCursor(`' OR 1=1 --`)]) {
    it(`takes "${cursor}" for no cursor`, () => {
      assert.equal(decodeCursor(cursor), undefined);
    });
  }
});

describe('newItemSchema', () => {
  const valid = ['x', 'x'.repeat(100), '🚀'.repeat(100), `O'Reilly "&" <b>`];
  for (const name of valid) {
    it(`accepts ${JSON.stringify(name).slice(0, 20)}, ${name.length} units long`, () => {
      assert.deepEqual(newItemSchema.parse({ name }), { name });
    });
  }

  const invalid = [
    {},
    { name: '' },
    { name: 7 },
    { name: 'x'.repeat(101) },
    { name: 'line\nbreak' },
    { name: 'nul\0' },
    { name: '\ud800' },
    { name: 'x', admin: true },
    null,
    [],
    'x',
  ];
  for (const body of invalid) {
    it(`refuses ${JSON.stringify(body).slice(0, 30)}`, () => {
      assert.equal(newItemSchema.safeParse(body).success, false);
    });
  }
});
