import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise, similarity } from '../src/names.js';
import { screen } from '../src/screening.js';

const list = [
  { id: 'S-1', name: 'Aleksandr Invented', aliases: ['Alexander Invented'], born: 1961 },
  { id: 'S-2', name: 'Maria van der Nobody', born: 1975 },
];
const ids = hits => hits.map(({ id }) => id);

test('accents, case and order do not hide a name', () => {
  assert.deepEqual(normalise('Nobodý, MARÍA'), ['maria', 'nobody']);
  assert.deepEqual(ids(screen({ name: 'invented ALEXANDER' }, list)), ['S-1']);
});

test('a spelling that is close is a hit', () => {
  assert.deepEqual(ids(screen({ name: 'Aleksander Invented' }, list)), ['S-1']);
});

test('another year of birth is another person', () => {
  assert.deepEqual(screen({ name: 'Aleksandr Invented', born: 1990 }, list), []);
  assert.deepEqual(ids(screen({ name: 'Aleksandr Invented', born: 1962 }, list)), ['S-1']);
});

test('a stranger is clear', () => {
  assert.deepEqual(screen({ name: 'Jonas Lindqvist' }, list), []);
});

test('similarity is symmetric and bounded', () => {
  assert.equal(similarity('martha', 'marhta').toFixed(3), '0.961');
  assert.equal(similarity('abc', 'xyz'), 0);
});
