import { mkdtemp, rm } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neutralWorkload, parseWorkload } from './neutral';
import { serve } from './serve';

jest.setTimeout(120_000);

const workload = neutralWorkload({ entities: 1_000, checks: 40 });

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(resolve => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => {
    probe.close(resolve);
  });
  return port;
}

describe('a server over a workload', () => {
  it('evaluates all of it, and answers over HTTP', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-serve-'));
    const server = await serve(parseWorkload(JSON.stringify(workload)), {
      place: { client: 'better-sqlite3', folder },
      port: await freePort(),
    });
    try {
      const { ref } = workload.entities[17];
      const response = await fetch(
        `${server.url}/entities/${ref.replace(':', '/')}/scores`,
        { headers: { authorization: `Bearer ${server.token}` } },
      );
      expect(response.status).toBe(200);
      const { scorecards } = (await response.json()) as {
        scorecards: { scorecard: string; checks: object[] }[];
      };
      expect(
        scorecards.map(({ scorecard, checks }) => [scorecard, checks.length]),
      ).toEqual([
        ['scorecard-0', 20],
        ['scorecard-1', 20],
      ]);
      expect((await fetch(`${server.url}/scorecards`)).status).toBe(401);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    [{ ...workload, facts: [] }, 'facts: must be a list'],
    [
      { ...workload, facts: [{ ...workload.facts[0], entity: 'x' }] },
      'facts[0].entity: there is no entity x',
    ],
    [
      { ...workload, facts: [{ ...workload.facts[0], source: 'x' }] },
      'facts[0].source: there is no source x',
    ],
    [
      { ...workload, entities: [{ ...workload.entities[0], ref: 'x' }] },
      'entities[0].ref: must be such as component:default/name, but is x',
    ],
  ])('is refused with what is wrong with it', (wrong, reason) => {
    expect(() => parseWorkload(JSON.stringify(wrong))).toThrow(reason);
  });
});
