import { Simulation, SimulationRequest } from '@waymark/scorecards-common';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { diffScorecards, SaidOfScorecard } from './diffScorecards';
import { PortalClient } from './PortalClient';

let repository: string;
/** By their names, in the folder of the repository. */
const write = (files: Record<string, string>) =>
  Object.entries(files).forEach(([name, text]) =>
    writeFileSync(join(repository, name), text),
  );
const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: repository,
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'Mina',
      GIT_AUTHOR_EMAIL: 'mina@acme.example',
      GIT_COMMITTER_NAME: 'Mina',
      GIT_COMMITTER_EMAIL: 'mina@acme.example',
    },
  });
const yaml = (kind: string, name: string, spec: string) =>
  `apiVersion: waymark.dev/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  ${spec}\n`;

const SIMULATION: Simulation = {
  scorecard: 'basics',
  asOf: '2026-03-01T12:00:00Z',
  summary: {
    entities: 300,
    before: 300,
    changed: 212,
    up: 22,
    down: 190,
    enters: 0,
    leaves: 0,
    teams: 9,
    levels: [
      {
        from: 'gold',
        fromTitle: 'Gold',
        to: 'silver',
        toTitle: 'Silver',
        direction: 'down',
        entities: 190,
      },
      {
        from: null,
        fromTitle: null,
        to: 'silver',
        toTitle: 'Silver',
        direction: 'up',
        entities: 22,
      },
    ],
    owners: [{ owner: 'group:default/checkout', changed: 40, up: 0, down: 40 }],
  },
  transitions: [
    {
      entityRef: 'component:default/api',
      owner: 'group:default/checkout',
      direction: 'down',
      from: {
        rated: true,
        level: 'gold',
        levelTitle: 'Gold',
        rank: 1,
        points: 1,
        confidence: 1,
      },
      to: {
        rated: true,
        level: 'silver',
        levelTitle: 'Silver',
        rank: 0,
        points: 0.5,
        confidence: 1,
      },
      checks: [{ check: 'tests', from: 'pass', to: 'fail' }],
    },
  ],
};

/** A portal that keeps what it is asked. */
async function aPortal() {
  const asked: { url?: string; token?: string; body: SimulationRequest }[] = [];
  const answers: Array<[number, object]> = [];
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { url, headers } = request;
    asked.push({ url, token: headers.authorization, body: JSON.parse(text) });
    const [status, body] = answers.shift() ?? [200, SIMULATION];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const portal = PortalClient.create({
    url: `http://127.0.0.1:${port}/`,
    token: 'secret',
  });
  return { asked, answers, portal, server };
}

describe('scorecards diff', () => {
  let portal: Awaited<ReturnType<typeof aPortal>>;

  beforeEach(async () => {
    portal = await aPortal();
    repository = mkdtempSync(join(tmpdir(), 'scorecards-diff-'));
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.a'),
      'other.yaml': yaml('Scorecard', 'other', 'rule: facts.ci.a'),
      'git.yaml': yaml('FactSource', 'the-git', 'id: git'),
      'shop.yaml': 'kind: Component\n',
    });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'Begin');
    git('checkout', '-q', '-b', 'change');
  });

  afterEach(async () => {
    portal.server.close();
    rmSync(repository, { recursive: true });
  });

  async function diff(
    failOver?: number,
    more: Partial<Parameters<typeof diffScorecards>[0]> = {},
  ) {
    const lines: string[] = [];
    const isFine = await diffScorecards({
      repository,
      base: 'main',
      portal: portal.portal,
      failOver,
      print: line => lines.push(line),
      ...more,
    });
    return { isFine, text: lines.join('\n') };
  }

  it('asks for nothing where nothing was changed', async () => {
    expect(await diff()).toEqual({
      isFine: true,
      text: '## What the scorecards would say\n\nNo scorecard is concerned.',
    });
    expect(portal.asked).toEqual([]);
  });

  it('tells what a change in the working tree moves, and ends as the threshold says', async () => {
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.b'),
    });
    const { isFine, text } = await diff(211);
    expect(isFine).toBe(false);
    expect((await diff(212)).isFine).toBe(true);
    expect(text).toContain(
      '**212 entities change**: 190 leave Gold, 22 reach Silver; 9 teams; largest: `group:default/checkout` with 40.',
    );
    expect(text).toContain('| Gold | Silver | 190 |');
    expect(text).toContain(
      '| `component:default/api` | Gold, 100 % | Silver, 50 % | `tests` pass → fail |',
    );
    expect(portal.asked[0]).toMatchObject({
      url: '/api/scorecards/simulate?limit=500',
      token: 'Bearer secret',
      body: { definition: { spec: { rule: 'facts.git.b' } }, factSources: [] },
    });
  });

  it('names every entity that moves when asked to, page by page, and keeps all of it for programs', async () => {
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.b'),
    });
    const [transition] = SIMULATION.transitions;
    const page = (from: number, length: number, cursor?: string) =>
      portal.answers.push([
        200,
        {
          ...SIMULATION,
          transitions: Array.from({ length }, (_, index) => ({
            ...transition,
            entityRef: `component:default/service-${from + index}`,
          })),
          ...(cursor && { cursor }),
        },
      ]);
    const pages = () => {
      page(0, 100, 'one');
      page(100, 100, 'two');
      page(200, 12);
    };
    page(0, 100, 'one');
    const some = await diff();
    expect(some.text).toContain('The first 20 of 212 entities');
    expect(portal.asked).toHaveLength(1);

    pages();
    const { text } = await diff(undefined, { all: true });
    expect(text.match(/`component:default\/service-\d+`/g)).toHaveLength(212);
    expect(text).toContain('<summary>212 entities</summary>');
    expect(portal.asked.slice(1).map(({ url }) => url)).toEqual([
      '/api/scorecards/simulate?limit=500',
      '/api/scorecards/simulate?limit=500&cursor=one',
      '/api/scorecards/simulate?limit=500&cursor=two',
    ]);

    pages();
    const kept: SaidOfScorecard[] = [];
    const short = await diff(undefined, {
      keep: async said => void kept.push(...said),
    });
    expect(short.text).toContain('The first 20 of 212 entities');
    const { transitions, ...simulation } = SIMULATION;
    expect(kept).toMatchObject([
      { name: 'basics', path: 'basics.yaml', simulation },
    ]);
    expect(kept[0].simulation!.transitions).toHaveLength(212);
  });

  it('asks for every scorecard that reads a changed fact source, new files included', async () => {
    write({
      'git.yaml': yaml('FactSource', 'the-git', 'id: git\n  new: true'),
      'new.yaml': yaml('Scorecard', 'new', 'rule: facts.ci.b'),
    });
    await diff();
    expect(
      portal.asked.map(({ body }) => [
        body.definition.metadata.name,
        body.factSources?.length,
      ]),
    ).toEqual([
      ['basics', 1],
      ['new', 1],
    ]);
  });

  it('tells of what is removed, and not of what came to the base meanwhile', async () => {
    git('rm', '-q', 'other.yaml');
    git('commit', '-q', '-m', 'Remove');
    git('checkout', '-q', 'main');
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.b'),
    });
    git('commit', '-q', '-am', 'Change');
    git('checkout', '-q', 'change');
    const { text } = await diff();
    expect(text).toContain('### other\n\nThe Scorecard is removed');
    expect(portal.asked).toEqual([]);
  });

  it('says what could not be adopted, and fails', async () => {
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.b'),
    });
    portal.answers.push([
      400,
      { error: { message: 'spec.checks[0].rule: unknown; spec.owner: none' } },
    ]);
    const { isFine, text } = await diff();
    expect(isFine).toBe(false);
    expect(text).toContain(
      'not be adopted:**\n\n- spec.checks[0].rule: unknown\n- spec.owner: none',
    );
  });

  it('says who does not answer, or does not let in, and never the token', async () => {
    write({
      'basics.yaml': yaml('Scorecard', 'basics', 'rule: facts.git.b'),
    });
    portal.answers.push([403, { error: { message: 'You may not' } }]);
    await expect(diff()).rejects.toThrow(/answers 403: You may not$/);
    portal.server.close();
    portal.server.closeAllConnections();
    await expect(diff()).rejects.toThrow(/does not answer/);
    await expect(diff()).rejects.not.toThrow('secret');
    expect(() => PortalClient.create({ url: 'portal', token: 'x' })).toThrow(
      '--portal: "portal" is no URL',
    );
  });
});
