import { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { spawn } from 'node:child_process';
import { gitEnvironment } from '../process';

/** A request of the Git smart HTTP protocol, authenticated and resolved. */
export interface SmartHttpRequest {
  request: IncomingMessage;
  response: ServerResponse;
  /** Folder that holds the owners' folders. */
  root: string;
  /** `<owner>/<name>.git` */
  repository: string;
  /** What follows the repository: `info/refs`, `git-upload-pack`, … */
  service: string;
  query: string;
  /** Login of the pushing user; undefined for an anonymous read. */
  actor?: string;
  /** For the hooks of a push. */
  environment?: Record<string, string>;
  /** After so long the program is stopped and the answer is 503; no limit when absent. */
  timeLimitMilliseconds?: number;
}

const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Answers through `git http-backend`, Git's own CGI program: streams both ways,
 * so that neither a clone nor a push is ever held in memory. The caller ends the
 * response: what a push changed must be known before its client goes on.
 */
export async function serveSmartHttp(options: SmartHttpRequest): Promise<void> {
  const { request, response } = options;
  const child = spawn('git', ['http-backend'], {
    env: gitEnvironment({
      GIT_PROJECT_ROOT: options.root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${options.repository}/${options.service}`,
      QUERY_STRING: options.query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_USER: options.actor ?? '',
      ...options.environment,
    }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  // The client going away, or the program ending early, ends the other side.
  response.on('close', () => child.kill('SIGTERM'));
  child.stdin.on('error', () => undefined);
  let stopped = false;
  const limit =
    options.timeLimitMilliseconds === undefined
      ? undefined
      : setTimeout(() => {
          stopped = true;
          child.kill('SIGTERM');
        }, options.timeLimitMilliseconds);
  try {
    request.pipe(child.stdin);
    const rest = await readCgiHead(child.stdout, response);
    if (rest) {
      response.write(rest);
    }
    await pipeline(child.stdout, response, { end: false }).catch(
      () => undefined,
    );
    await ended;
  } finally {
    clearTimeout(limit);
  }
  if (stopped) {
    refuseSlowClient(request, response);
  }
}

/** Says that the time is up where that can still be said, and hangs up. */
function refuseSlowClient(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.unpipe();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = 503;
  response.setHeader('Connection', 'close');
  response.write('This took too long, so the forge stopped it\n');
}

/** Reads the CGI headers into the response; returns the first bytes of the body. */
async function readCgiHead(
  stdout: NodeJS.ReadableStream,
  response: ServerResponse,
): Promise<Buffer | undefined> {
  let head = Buffer.alloc(0);
  for (;;) {
    const chunk = await nextChunk(stdout);
    if (chunk) {
      head = Buffer.concat([head, chunk]);
    }
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      applyHead(head.subarray(0, end).toString('latin1'), response);
      const body = head.subarray(end + 4);
      return body.length > 0 ? body : undefined;
    }
    if (!chunk || head.length > MAX_HEADER_BYTES) {
      response.statusCode = 500;
      return undefined;
    }
  }
}

async function nextChunk(
  stream: NodeJS.ReadableStream,
): Promise<Buffer | undefined> {
  const chunk = stream.read() as Buffer | null;
  if (chunk) {
    return chunk;
  }
  return await new Promise(resolve => {
    function settle(value: Buffer | undefined) {
      stream.removeListener('readable', onReadable);
      stream.removeListener('end', onEnd);
      stream.removeListener('close', onEnd);
      resolve(value);
    }
    function onReadable() {
      const next = stream.read() as Buffer | null;
      if (next) {
        settle(next);
      }
    }
    function onEnd() {
      settle(undefined);
    }
    stream.on('readable', onReadable);
    stream.on('end', onEnd);
    stream.on('close', onEnd);
  });
}

function applyHead(head: string, response: ServerResponse): void {
  response.statusCode = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      response.statusCode = Number.parseInt(value, 10);
    } else {
      response.setHeader(name, value);
    }
  }
}
