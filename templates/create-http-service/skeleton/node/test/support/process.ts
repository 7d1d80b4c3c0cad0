import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { requiredEnvironment } from './environment.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ServiceProcess {
  readonly url: string;
  readonly port: number;
  readonly output: { stdout: string; stderr: string };
  readonly exit: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the service as a process of its own, as in production. */
export async function startProcess(
  environment: Record<string, string> = {},
): Promise<ServiceProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { HTTP_ADDRESS: `127.0.0.1:${port}`, ...requiredEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    output,
    exit: once(child, 'close').then(([code]) => code as number | null),
    kill: (signal) => child.kill(signal),
  };
}

/** Waits until the process answers `/healthz`; fails at once when it ends before. */
export async function untilAlive(service: ServiceProcess): Promise<void> {
  const { url, output } = service;
  const state = { running: true };
  void service.exit.then(() => (state.running = false));
  const deadline = Date.now() + 20_000;
  while (state.running && Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
  service.kill('SIGKILL');
  assert.fail(`the service did not start:\n${output.stdout}${output.stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
