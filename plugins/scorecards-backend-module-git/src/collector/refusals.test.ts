import {
  aComponent,
  CollectorRuns,
  githubClients,
  TestForge,
} from '@waymark/scorecards-node/testUtils';
import { createServer, RequestListener } from 'node:http';
import { AddressInfo } from 'node:net';
import { GitCollector } from './GitCollector';

jest.setTimeout(60_000);

describe('what the Git collector cannot collect', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await TestForge.start();
    const clone = await forge.create('quotes');
    await clone.push({ 'catalog-info.yaml': 'kind: Component\n' });
  });
  afterAll(() => forge.stop());

  const component = (name: string, path?: string) =>
    aComponent({ name, path, repository: forge.named('quotes') });
  const run = (entities: Parameters<CollectorRuns['run']>[0], token?: string) =>
    CollectorRuns.of(
      GitCollector.create({ clients: forge.clients(token) }),
    ).run(entities);

  it('names a wrong token as the reason', async () => {
    const { error, facts } = await run([component('quotes')], 'wrong');
    expect(error?.message).toBe(
      `${forge.host} does not tell the last commit of acme/quotes: 401, its token is wrong or has expired`,
    );
    expect(facts).toEqual({});
  });

  it('names a repository that is gone', async () => {
    const clone = await forge.create('doomed');
    await clone.push({ 'catalog-info.yaml': 'kind: Component\n' });
    const runs = CollectorRuns.of(
      GitCollector.create({ clients: forge.clients() }),
    );
    const doomed = aComponent({
      name: 'doomed',
      repository: forge.named('doomed'),
    });
    expect((await runs.run([doomed])).error).toBeUndefined();
    await forge.octokit.rest.repos.delete({ owner: 'acme', repo: 'doomed' });
    expect((await runs.run([doomed])).error?.message).toBe(
      `${forge.host} does not tell the last commit of acme/doomed: 404, it is not there, or its token may not see it`,
    );
  });

  it('names a repository without a commit', async () => {
    await forge.create('empty');
    const { error } = await run([
      aComponent({ name: 'empty', repository: forge.named('empty') }),
    ]);
    expect(error?.message).toMatch(
      /acme\/empty: 409, the repository is empty$/,
    );
  });

  it('names a host without an integration', async () => {
    const { error } = await run([
      aComponent({
        name: 'elsewhere',
        repository: { host: 'git.example', owner: 'a', repository: 'b' },
      }),
    ]);
    expect(error?.message).toBe(
      'There is no GitHub integration for git.example',
    );
  });

  it('fails one entity and describes the others', async () => {
    const { failures, facts, error } = await run([
      component('gone', 'services/gone/catalog-info.yaml'),
      component('quotes'),
    ]);
    expect(error).toBeUndefined();
    expect(Object.keys(facts)).toEqual(['component:default/quotes']);
    expect(failures).toEqual({
      'component:default/gone':
        'The file that describes the entity is not on the default branch main: main/services/gone/catalog-info.yaml',
    });
  });

  it('takes another repository of the same name for another one', async () => {
    const { data } = await forge.octokit.rest.repos.get({
      owner: 'acme',
      repo: 'quotes',
    });
    const of = (name: string, repositoryId: string) =>
      aComponent({ name, repository: forge.named('quotes'), repositoryId });
    const { failures, facts } = await run([
      of('same', String(data.id)),
      of('other', String(data.id + 1)),
    ]);
    expect(Object.keys(facts)).toEqual(['component:default/same']);
    expect(failures['component:default/other']).toMatch(
      /is another repository now/,
    );
  });

  describe('from a host that refuses', () => {
    let answer: RequestListener;
    const server = createServer((request, response) =>
      answer(request, response),
    );
    beforeAll(async () => {
      await new Promise<void>(done => {
        server.listen(0, '127.0.0.1', done);
      });
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    async function refused() {
      const { port } = server.address() as AddressInfo;
      const host = `localhost:${port}`;
      const apiBaseUrl = `http://127.0.0.1:${port}`;
      const collector = GitCollector.create({
        clients: githubClients({ host, apiBaseUrl, token: 'x' }),
      });
      const outcome = await CollectorRuns.of(collector).run([
        aComponent({
          name: 'quotes',
          repository: { host, owner: 'acme', repository: 'quotes' },
        }),
      ]);
      return { ...outcome, host };
    }

    it('leaves what is known alone when it has been asked too often', async () => {
      answer = (_, response) =>
        response.writeHead(403, { 'retry-after': '120' }).end('{}');
      const { error, failures } = await refused();
      expect(error?.name).toBe('RateLimitedError');
      expect(failures).toEqual({});
    });

    it('says when it does not answer, and when it answers with an error', async () => {
      answer = request => request.socket.destroy();
      const silent = await refused();
      expect(silent.error?.message).toBe(
        `${silent.host} does not tell the last commit of acme/quotes: no answer`,
      );
      answer = (_, response) => response.writeHead(502).end();
      const broken = await refused();
      expect(broken.error?.message).toBe(
        `${broken.host} does not tell the last commit of acme/quotes: 502`,
      );
    });
  });
});
