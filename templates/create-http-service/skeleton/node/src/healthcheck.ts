// Health check of the container: the image has no shell tools to do it with.
import { parseAddress } from './config.ts';

const address = parseAddress(process.env.HTTP_ADDRESS ?? '');
const host = ['0.0.0.0', '::'].includes(address?.host ?? '::') ? 'localhost' : address?.host;
try {
  const response = await fetch(`http://${host}:${address?.port ?? 8080}/healthz`, {
    signal: AbortSignal.timeout(2_000),
  });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
