import { AnswerCache } from './AnswerCache';

it('asks once until it is cleared', async () => {
  const cache = new AnswerCache<number>(10);
  let asked = 0;
  const ask = async () => ++asked;
  expect(await Promise.all([cache.get('a', ask), cache.get('a', ask)])).toEqual(
    [1, 1],
  );
  cache.clear();
  expect(await cache.get('a', ask)).toBe(2);
});

it('keeps no more than its limit, and what was asked for last', async () => {
  const cache = new AnswerCache<string>(3);
  const ask = (answer: string) => cache.get(answer, async () => answer);
  for (const question of ['a', 'b', 'c', 'a', 'd', 'e']) {
    await ask(question);
    expect(cache.size).toBeLessThanOrEqual(3);
  }
  const never = async () => 'asked again';
  expect(await cache.get('a', never)).toBe('a');
  expect(await cache.get('b', never)).toBe('asked again');
});

it('forgets a failure', async () => {
  const cache = new AnswerCache<string>(3);
  await expect(
    cache.get('a', async () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await cache.get('a', async () => 'yes')).toBe('yes');
});
