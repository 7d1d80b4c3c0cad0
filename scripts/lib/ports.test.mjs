import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import {
  portFromEnv,
  requireDistinctPorts,
  requireFreePort,
} from './ports.mjs';

test('one port for two programs is refused with both variables', () => {
  const portal = { port: 7007, variable: 'WAYMARK_PORT' };
  requireDistinctPorts(portal, { port: 7009, variable: 'WAYMARK_FORGE_PORT' });
  assert.throws(
    () =>
      requireDistinctPorts(portal, {
        port: 7007,
        variable: 'WAYMARK_FORGE_PORT',
      }),
    /WAYMARK_FORGE_PORT and WAYMARK_PORT are both 7007/,
  );
});

test('a port variable that is no port is refused by name', () => {
  process.env.WAYMARK_TEST_PORT = 'seventy';
  assert.throws(
    () => portFromEnv('WAYMARK_TEST_PORT', 7007),
    /WAYMARK_TEST_PORT is "seventy"/,
  );
  delete process.env.WAYMARK_TEST_PORT;
  assert.equal(portFromEnv('WAYMARK_TEST_PORT', 7007), 7007);
});

test('a busy port is refused with what to do', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await assert.rejects(
    requireFreePort(port, 'WAYMARK_PORT', 'the portal'),
    error =>
      error.name === 'UserError' &&
      error.message.includes(`Port ${port}`) &&
      error.message.includes('WAYMARK_PORT='),
  );
  await new Promise(resolve => server.close(resolve));
  await requireFreePort(port, 'WAYMARK_PORT', 'the portal');
});
