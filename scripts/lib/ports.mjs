import { createServer } from 'node:net';
import { UserError } from './fail.mjs';

const free = port =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });

/** A port from the environment, or the default; refused when it is no port. */
export function portFromEnv(variable, fallback) {
  const text = process.env[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new UserError(
      `${variable} is "${text}": it must be a port number from 1024 to 65535.`,
    );
  }
  return port;
}

/** @throws UserError when two of them are the same; each with the variable that sets it */
export function requireDistinctPorts(...ports) {
  for (const [index, { port, variable }] of ports.entries()) {
    const other = ports.slice(0, index).find(earlier => earlier.port === port);
    if (other) {
      throw new UserError(
        `${variable} and ${other.variable} are both ${port}: choose another port for one of them.`,
      );
    }
  }
}

/** @throws UserError when somebody else listens there */
export async function requireFreePort(port, variable, what) {
  if (await free(port)) return;
  throw new UserError(
    `Port ${port}, wanted for ${what}, is in use: stop the program that listens there (perhaps a Waymark in another window), or choose another port with ${variable}=${
      port + 100
    } npm start.`,
  );
}
