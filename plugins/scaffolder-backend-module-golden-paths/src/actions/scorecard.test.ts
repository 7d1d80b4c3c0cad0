import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { SimulationSummary } from '@waymark/scorecards-common';
import { runAction, workspaceWith } from '../__testUtils__/runAction';
import { ScorecardSimulator } from '../scorecards/ScorecardSimulator';
import { createScorecardAction } from './scorecard';

const DEFINITION = `# Kept to the letter.
apiVersion: waymark.dev/v1
kind: Scorecard
metadata:
  name: tested
spec:
  owner: group:default/platform
  appliesTo: { kind: Component }
  levels: [{ id: bronze, title: Bronze }]
  checks:
    - id: tests
      title: Has tests
      level: bronze
      rule: facts.git.testFiles >= 2
      because: What is not tested breaks.
`;

const summary = (of: Partial<SimulationSummary> = {}): SimulationSummary => ({
  ...{ entities: 212, before: 212, changed: 0, up: 0, down: 0 },
  ...{ enters: 0, leaves: 0, teams: 0, levels: [], owners: [] },
  ...of,
});

/** Answers as the plugin of the scorecards does. */
async function runAgainst(
  answer: { status: number; body: unknown },
  options: { definition?: string; isDryRun?: boolean } = {},
) {
  const asked: { url?: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ url: request.url, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const workspace = await workspaceWith({});
  const action = createScorecardAction({
    simulator: ScorecardSimulator.create({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      }),
    }),
  });
  try {
    const { output, log } = await runAction(action, {
      workspacePath: workspace.path,
      input: { definition: options.definition ?? DEFINITION },
      isDryRun: options.isDryRun,
    });
    const file = join(workspace.path, output.path);
    return { output, log, asked, text: await readFile(file, 'utf8') };
  } finally {
    await workspace.remove();
    await new Promise(resolve => {
      server.close(resolve);
    });
  }
}

const simulated = (of?: Partial<SimulationSummary>) => ({
  status: 200,
  body: {
    scorecard: 'tested',
    asOf: '2026-11-22T10:00:00.000Z',
    summary: summary(of),
    transitions: [],
  },
});

describe('golden-paths:scorecard', () => {
  it('has the definition checked, and writes it as it was written', async () => {
    const { output, asked, text } = await runAgainst(
      simulated({ changed: 3, down: 2, up: 1, teams: 2 }),
    );
    expect(asked).toHaveLength(1);
    expect(asked[0].url).toBe('/api/scorecards/simulate?limit=1');
    expect(JSON.parse(asked[0].body).definition.metadata.name).toBe('tested');
    expect(output).toEqual({
      name: 'tested',
      path: 'catalog/scorecards/tested.yaml',
      branch: 'scorecards/tested/portal',
      summary: '**3 entities change**: none changes its level; 2 teams.',
    });
    expect(text).toBe(DEFINITION);
  });

  it('asks nobody in a dry run, and still refuses what is no scorecard', async () => {
    const { asked, output } = await runAgainst(simulated(), { isDryRun: true });
    expect(asked).toEqual([]);
    expect(output.summary).toContain('Dry run');
    for (const [definition, reason] of [
      ['a: [', /^definition: .*line 1/],
      [`${DEFINITION}---\n${DEFINITION}`, /^definition: must be one YAML/],
      ['', /./],
      ['just text', /./],
      [DEFINITION.replace('Scorecard', 'Component'), /^kind: /],
      [
        DEFINITION.replace('level: bronze', 'levle: bronze'),
        /spec\.checks\[0\]\.levle: .*did you mean "level"/,
      ],
      [
        DEFINITION.replace('name: tested', 'name: ../../escape'),
        /^metadata\.name: must be lower-case words/,
      ],
    ] as const) {
      await expect(
        runAgainst(simulated(), { definition, isDryRun: true }),
      ).rejects.toThrow(reason);
    }
  });

  it('says why the portal refuses it', async () => {
    const refusal = (status: number, message: string) => ({
      status,
      body: { error: { name: 'Error', message } },
    });
    await expect(
      runAgainst(refusal(400, 'spec.checks[0].rule: line 1, column 1: no')),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: 'spec.checks[0].rule: line 1, column 1: no',
    });
    await expect(
      runAgainst(refusal(403, 'You may not: it')),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'You may not propose a scorecard: You may not: it',
    });
    await expect(runAgainst(refusal(503, 'Later'))).rejects.toThrow(
      'The scorecards answer 503 to a simulation: Later',
    );
  });
});
