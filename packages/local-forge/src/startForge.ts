import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createApp } from './createApp';
import {
  refuseProduction,
  requireDataDirectory,
  requireGit,
  secretFile,
  StartError,
} from './environment';
import { ForgeContext } from './ForgeContext';
import { closeGitReaders } from './git/read';
import { ForgeOptions, openState } from './openState';
import { ForgeService } from './services/ForgeService';

/** A forge that runs. */
export interface RunningForge {
  /** `http://localhost:<port>`, or the public address. */
  url: string;
  port: number;
  token: string;
  webhookSecret: string;
  service: ForgeService;
  /** For tests: the parts behind the service. */
  context: ForgeContext;
  close(): Promise<void>;
}

/**
 * Starts the forge: replays its journal, or seeds an empty data folder, and
 * listens.
 *
 * @throws StartError with one sentence on what to do.
 */
export async function startForge(options: ForgeOptions): Promise<RunningForge> {
  const { dataDirectory } = options;
  const log = options.log ?? (() => {});
  refuseProduction({
    nodeEnv: process.env.NODE_ENV,
    host: options.host ?? '127.0.0.1',
  });
  await requireGit();
  await requireDataDirectory(dataDirectory);
  const token = await secretFile(dataDirectory, 'token');
  const webhookSecret = await secretFile(dataDirectory, 'webhook-secret');

  let handler: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end('Starting\n');
  };
  const server = createServer((request, response) =>
    handler(request, response),
  );
  const port = await listen(server, options.port);
  const url = options.publicUrl ?? `http://localhost:${port}`;
  let context: ForgeContext | undefined;
  try {
    context = await openState({ ...options, log, url, webhookSecret });
    handler = createApp(context, {
      token,
      log,
      personas: await personasOf(context),
    });
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await context?.state.close();
    throw error;
  }
  const running = context;
  return {
    url,
    port,
    token,
    webhookSecret,
    service: running.service,
    context: running,
    close: async () => {
      const closed = new Promise<void>(resolve =>
        server.close(() => resolve()),
      );
      server.closeIdleConnections();
      // A client that keeps its connection must not keep the process.
      const patience = setTimeout(() => server.closeAllConnections(), 3_000);
      await closed;
      clearTimeout(patience);
      await running.webhooks.close();
      await running.state.close();
      closeGitReaders();
    },
  };
}

async function personasOf(context: ForgeContext) {
  const users = await context.service.listUsers();
  return users
    .filter(user => user.login !== context.bot)
    .map(({ login, name }) => ({ login, name: name ?? login }));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(
              `Port ${port} is in use: stop the program that uses it, or choose another port in WAYMARK_FORGE_PORT.`,
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
