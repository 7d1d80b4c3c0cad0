import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { HostGate, HostGateOptions } from './HostGate';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end('{}');

describe('HostGate', () => {
  const answers: Answer[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    (answers.shift() ?? status(200))(request, response);
  });

  beforeAll(async () => {
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    answers.length = 0;
    requests = 0;
  });

  /** A request as Octokit makes it: what is not a success is thrown with status and headers. */
  async function ask(): Promise<number> {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    await response.text();
    if (!response.ok) {
      throw Object.assign(new Error(`HTTP ${response.status}`), {
        status: response.status,
        response: { headers: Object.fromEntries(response.headers) },
      });
    }
    return response.status;
  }
  const gate = (options: HostGateOptions = {}) =>
    HostGate.create({ backOffMillis: 5, ...options });

  it('repeats what fails in passing, and nothing else', async () => {
    answers.push(status(502), status(500));
    expect(await gate().run('forge', ask)).toBe(200);
    expect(requests).toBe(3);

    requests = 0;
    answers.push(status(404));
    await expect(gate().run('forge', ask)).rejects.toMatchObject({
      status: 404,
    });
    expect(requests).toBe(1);

    requests = 0;
    answers.push(status(502), status(502), status(502));
    await expect(gate().run('forge', ask)).rejects.toMatchObject({
      status: 502,
    });
    expect(requests).toBe(3);

    requests = 0;
    answers.push(status(403));
    await expect(gate().run('forge', ask)).rejects.toMatchObject({
      status: 403,
    });
    expect(requests).toBe(1);
  });

  it('repeats what was never answered', async () => {
    answers.push(request => request.socket.destroy());
    expect(await gate().run('forge', ask)).toBe(200);
    expect(requests).toBe(2);
  });

  it('waits as long as Retry-After says when that is short', async () => {
    answers.push(status(429, { 'retry-after': '1' }));
    const start = performance.now();
    expect(await gate().run('forge', ask)).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    ['Retry-After', { 'retry-after': '120' }, 120_000],
    [
      'the time of the reset, by the clock of the host',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1000000300',
        date: new Date(1_000_000_000_000).toUTCString(),
      },
      300_000,
    ],
  ])(
    'leaves a host alone until %s, and other hosts not',
    async (_, headers, millis) => {
      const one = gate();
      answers.push(status(403, headers));
      await expect(one.run('forge', ask)).rejects.toMatchObject({
        name: 'RateLimitedError',
        retryAfterMillis: expect.any(Number),
      });
      const refused = await one.run('forge', ask).catch(error => error);
      expect(refused.retryAfterMillis).toBeGreaterThan(millis - 5_000);
      expect(refused.retryAfterMillis).toBeLessThanOrEqual(millis);
      expect(requests).toBe(1);
      expect(await one.run('elsewhere', ask)).toBe(200);
    },
  );

  it('stops before the limit when a good answer was the last one', async () => {
    const one = gate();
    const last = async () => ({
      status: 200,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1000000060',
        date: new Date(1_000_000_000_000).toUTCString(),
      },
    });
    expect(await one.run('forge', last)).toMatchObject({ status: 200 });
    await expect(one.run('forge', ask)).rejects.toMatchObject({
      name: 'RateLimitedError',
    });
    expect(requests).toBe(0);
  });

  it('asks a host no more often at a time than it may', async () => {
    const one = gate({ maxConcurrent: 3 });
    let running = 0;
    let most = 0;
    const slow: Answer = (_, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.writeHead(200).end();
      }, 20);
    };
    answers.push(...Array.from({ length: 12 }, () => slow));
    await Promise.all(answers.map(() => one.run('forge', ask)));
    expect(most).toBe(3);
  });

  it('gives up at once when the run is over', async () => {
    const over = new AbortController();
    const one = gate({ backOffMillis: 60_000 });
    answers.push(status(502));
    const asked = one.run('forge', ask, over.signal);
    setTimeout(() => over.abort(new Error('Time is over')), 50);
    await expect(asked).rejects.toThrow();
    expect(requests).toBe(1);
  });
});
