import { rollupOf, rollupRow } from '../__testUtils__/scorecards';
import { ScorecardsClient } from './ScorecardsClient';

function clientOf(answer: (url: URL) => Response) {
  const fetch = jest.fn(
    async (url: string | URL | Request, _init?: RequestInit) =>
      answer(new URL(String(url))),
  );
  return {
    fetch,
    client: ScorecardsClient.create({
      discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
      fetchApi: { fetch },
    }),
  };
}

describe('the client of the scorecards', () => {
  it('follows the cursor of a roll-up to its end', async () => {
    const { client, fetch } = clientOf(url => {
      const isFirst = !url.searchParams.has('cursor');
      return Response.json({
        ...rollupOf(rollupRow(isFirst ? 'a' : 'b')),
        ...(isFirst && { cursor: 'next' }),
      });
    });
    const { items, ...rest } = await client.getRollup('quality', {
      by: 'owner',
      asOf: '2026-03-01T12:00:00.000Z',
    });
    expect(items.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(rest).not.toHaveProperty('cursor');
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://portal/api/scorecards/scorecards/quality/rollup?by=owner&asOf=2026-03-01T12%3A00%3A00.000Z&limit=500',
      'http://portal/api/scorecards/scorecards/quality/rollup?by=owner&asOf=2026-03-01T12%3A00%3A00.000Z&limit=500&cursor=next',
    ]);
  });

  it('asks for a file as CSV, with the filters', async () => {
    const { client, fetch } = clientOf(() => new Response('entityRef\r\n'));
    const file = await client.exportResults('quality', {
      check: 'tests',
      state: 'fail',
      owner: undefined,
    });
    expect(file.size).toBe(11);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(
      'http://portal/api/scorecards/scorecards/quality/results?check=tests&state=fail',
    );
    expect(init?.headers).toEqual({ accept: 'text/csv' });
  });

  it('cannot be led to another path by a name', async () => {
    const { client, fetch } = clientOf(() => new Response('', { status: 404 }));
    await expect(client.getScorecard('../ledger?x=1')).rejects.toThrow('404');
    expect(fetch.mock.calls[0][0]).toBe(
      'http://portal/api/scorecards/scorecards/..%2Fledger%3Fx%3D1',
    );
  });

  it('refuses an answer that is not as agreed', async () => {
    const { client } = clientOf(() => Response.json({ items: [{ id: 1 }] }));
    await expect(client.listCollectors()).rejects.toThrow();
  });
});
