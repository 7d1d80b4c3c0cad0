import { mockServices } from '@backstage/backend-test-utils';
import { IndexableDocument } from '@backstage/plugin-search-common';
import { scorecardSpecSchema } from '@waymark/scorecards-common';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { ScorecardCollatorFactory } from './ScorecardCollatorFactory';

async function collect(status: number, body: unknown) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const factory = ScorecardCollatorFactory.create({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async plugin => `http://127.0.0.1:${port}/api/${plugin}`,
    }),
  });
  try {
    const documents: IndexableDocument[] = [];
    for await (const document of await factory.getCollator()) {
      documents.push(document);
    }
    return { documents, asked };
  } finally {
    server.close();
  }
}

const SPEC = scorecardSpecSchema.parse({
  owner: 'group:default/platform',
  appliesTo: { kind: 'Component' },
  levels: [{ id: 'bronze', title: 'Bronze' }],
  checks: [
    {
      id: 'readme',
      title: 'It has a README',
      level: 'bronze',
      rule: 'facts.git.files.readme != null',
      because: 'The first thing that a new colleague opens.',
    },
  ],
});
const status = {
  status: 'adopted',
  problems: [],
  inForce: { hash: 'abc', since: '2026-03-01T12:00:00.000Z' },
};

describe('scorecards in search', () => {
  it('are found with each of their checks, by whoever may read them', async () => {
    const ref = 'scorecard:default/basics';
    const { documents, asked } = await collect(200, {
      items: [
        { ...status, ref, name: 'basics', title: 'Basics', spec: SPEC },
        {
          ...status,
          ref: 'scorecard:default/broken',
          name: 'broken',
          title: 'Broken',
          status: 'rejected',
          inForce: null,
          spec: null,
        },
      ],
    });
    const page = {
      location: '/catalog/default/scorecard/basics',
      authorization: { resourceRef: ref },
    };
    expect(documents).toEqual([
      { ...page, title: 'Basics', text: 'Basics' },
      {
        ...page,
        location: `${page.location}#readme`,
        title: 'It has a README (Basics)',
        text: 'The first thing that a new colleague opens. facts.git.files.readme != null',
      },
      expect.objectContaining({ title: 'Broken' }),
    ]);
    expect(asked).toEqual([
      expect.stringMatching(/^\/api\/scorecards\/scorecards Bearer ./),
    ]);
  });

  it('stay as they were indexed when the scorecards cannot be read', async () => {
    await expect(collect(503, {})).rejects.toThrow('503');
  });
});
