import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { wrongEnvironment } from '../support/environment.ts';
import { startProcess, untilAlive } from '../support/process.ts';

describe('the process', () => {
  it('refuses a wrong configuration with one line and exit code 1', async () => {
    const wrong = { LOG_LEVEL: 'loud', SHUTDOWN_GRACE: 'soon', ...wrongEnvironment };
    const service = await startProcess(wrong);
    assert.equal(await service.exit, 1);
    assert.equal(service.output.stdout, '');
    const [line, ...rest] = service.output.stderr.split('\n');
    assert.deepEqual(rest, ['']);
    for (const name of Object.keys(wrong)) assert.ok(line?.includes(name), `${name}: ${line}`);
  });

  it('ends with exit code 1 when its port is taken', async () => {
    const first = await startProcess();
    await untilAlive(first);
    const second = await startProcess({ HTTP_ADDRESS: `127.0.0.1:${first.port}` });
    assert.equal(await second.exit, 1);
    assert.match(second.output.stdout, /EADDRINUSE/);
    first.kill('SIGINT');
    assert.equal(await first.exit, 0);
  });

  it('answers every request that reaches it before it stops', async () => {
    const service = await startProcess({ SHUTDOWN_DELAY: '2s' });
    await untilAlive(service);

    // Connections that must not hold up the shutdown: one never used, one idle.
    const unused = connect(service.port, '127.0.0.1').on('error', () => undefined);
    await once(unused, 'connect');

    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const results = { answered: 0, closing: 0, lost: 0 };
    const client = async () => {
      // As a load balancer does: requests without a pause, until the service says it is closing.
      for (let result: Result = 'answered'; result === 'answered'; results[result]++) {
        result = await send(service.port, agent);
      }
    };
    const clients = Promise.all(Array.from({ length: 20 }, client));

    await sleep(300);
    service.kill('SIGTERM');
    // The signal takes a moment to arrive.
    let ready = { status: '' };
    while (ready.status !== 'draining') {
      ready = (await (await fetch(`${service.url}/readyz`)).json()) as typeof ready;
    }

    const [code] = await Promise.all([service.exit, clients]);
    assert.equal(code, 0, service.output.stdout);
    assert.deepEqual({ ...results, answered: 0 }, { answered: 0, closing: 20, lost: 0 });
    assert.ok(results.answered >= 20, `only ${results.answered} requests`);
    assert.match(service.output.stdout, /"msg":"stopped"/);
    unused.destroy();
  });
});

type Result = 'answered' | 'closing' | 'lost';

/** Sends one request. Without a complete answer it is lost. */
function send(port: number, agent: Agent): Promise<Result> {
  return new Promise((resolve) => {
    const outgoing = request({ port, host: '127.0.0.1', path: '/healthz', agent }, (answer) => {
      answer.resume();
      answer.on('error', () => {
        resolve('lost');
      });
      answer.on('end', () => {
        const ok = answer.statusCode === 200 && answer.complete;
        const closing = answer.headers.connection === 'close';
        resolve(ok ? (closing ? 'closing' : 'answered') : 'lost');
      });
    });
    outgoing.on('error', () => {
      resolve('lost');
    });
    outgoing.end();
  });
}
