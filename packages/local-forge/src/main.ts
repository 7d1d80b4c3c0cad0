import { resolve } from 'node:path';
import { StartError } from './environment';
import { startForge } from './startForge';

/* eslint-disable no-console */

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new StartError(`Set ${name} before starting the forge.`);
  }
  return value;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(
      `WAYMARK_FORGE_PORT is "${text}": set it to a number from 1 to 65535.`,
    );
  }
  return port;
}

async function main(): Promise<void> {
  const forge = await startForge({
    port: portOf(process.env.WAYMARK_FORGE_PORT ?? '7009'),
    dataDirectory: resolve(required('WAYMARK_FORGE_DATA')),
    publicUrl: process.env.WAYMARK_FORGE_PUBLIC_URL,
    portalUrl: process.env.WAYMARK_URL,
    root: process.env.WAYMARK_ROOT,
    host: process.env.WAYMARK_FORGE_HOSTNAME,
    log: line => console.log(`[forge] ${line}`),
  });
  console.log(`[forge] Listening at ${forge.url}`);
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await forge.close();
      process.exit(0);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch(error => {
  console.error(
    error instanceof StartError ? error.message : error?.stack ?? error,
  );
  process.exit(1);
});
