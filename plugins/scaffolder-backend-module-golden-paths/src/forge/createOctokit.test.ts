import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { createOctokit } from './createOctokit';
import { attempt } from './forgeErrors';

jest.setTimeout(30_000);

type Answer = {
  status: number;
  headers?: Record<string, string>;
  body: object;
};

/** A forge on loopback that gives these answers in turn; to `silence` it never answers. */
async function forgeThatAnswers(answers: (Answer | 'silence')[]) {
  const server: Server = createServer((_request, response) => {
    const answer = answers.shift()!;
    if (answer === 'silence') {
      return;
    }
    const { status, headers, body } = answer;
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  const logger = mockServices.logger.mock();
  return {
    left: answers,
    logger,
    octokit: createOctokit({
      token: 'the token',
      logger,
      timeoutMillis: 500,
      config: {
        host: `127.0.0.1:${port}`,
        apiBaseUrl: `http://127.0.0.1:${port}`,
      },
    }),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const repository = { status: 200, body: { name: 'quotes' } };
const get = { owner: 'acme', repo: 'quotes' };

describe('the client of the forge', () => {
  it('waits as long as a secondary rate limit asks for, and says so without the token', async () => {
    const forge = await forgeThatAnswers([
      {
        status: 403,
        headers: { 'retry-after': '1' },
        body: { message: 'You have exceeded a secondary rate limit' },
      },
      repository,
    ]);
    const start = performance.now();
    const { data } = await forge.octokit.rest.repos.get(get);
    expect(data.name).toBe('quotes');
    expect(performance.now() - start).toBeGreaterThan(900);
    const said = JSON.stringify(forge.logger.warn.mock.calls);
    expect(said).toContain('secondary rate limit');
    expect(said).toContain('trying again in 1 s');
    expect(said).not.toContain('the token');
    await forge.close();
  });

  it('gives up when the wait would be too long', async () => {
    const forge = await forgeThatAnswers([
      {
        status: 403,
        headers: { 'retry-after': '3600' },
        body: { message: 'You have exceeded a secondary rate limit' },
      },
    ]);
    await expect(forge.octokit.rest.repos.get(get)).rejects.toMatchObject({
      status: 403,
    });
    await forge.close();
  });

  it('repeats what failed on the way, and not what was refused', async () => {
    const forge = await forgeThatAnswers([
      { status: 502, body: { message: 'Bad gateway' } },
      repository,
      { status: 422, body: { message: 'Validation failed' } },
      repository,
    ]);
    await forge.octokit.rest.repos.get(get);
    await expect(forge.octokit.rest.repos.get(get)).rejects.toMatchObject({
      status: 422,
    });
    expect(forge.left).toHaveLength(1);
    await forge.close();
  });

  it('asks again when an answer does not come in time', async () => {
    const forge = await forgeThatAnswers(['silence', repository]);
    const { data } = await forge.octokit.rest.repos.get(get);
    expect(data.name).toBe('quotes');
    await forge.close();
  });

  it('says that nobody answered, and not that the forge did', async () => {
    const forge = await forgeThatAnswers([]);
    await forge.close();
    const error = await attempt('read acme/quotes', () =>
      forge.octokit.rest.repos.get({ ...get, request: { retries: 0 } }),
    ).catch(cause => cause);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toMatch(
      /^Could not read acme\/quotes: the forge did not answer /,
    );
    expect(error.message).not.toContain('the token');
  });
});
