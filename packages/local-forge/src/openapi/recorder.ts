import { appendFileSync } from 'node:fs';
import { RequestHandler } from 'express';

/** One call of the forge's API as it went over the wire, without any secret. */
export interface RecordedExchange {
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  query: Record<string, string | string[]>;
  headers: { accept?: string; contentType?: string };
  /** Whether a token was sent; never the token. */
  authenticated: boolean;
  /** Parsed JSON, or undefined when there was none. */
  body?: unknown;
  status: number;
  responseType?: string;
  /** Parsed JSON, or undefined for everything else. */
  response?: unknown;
}

/** A recorder and the middleware that feeds it. */
export interface Recorder {
  /** Mount it before every route of the API, and before body parsers that keep `request.body`. */
  middleware: RequestHandler;
  exchanges(): RecordedExchange[];
  clear(): void;
}

const SECRET_KEYS =
  /^(authorization|.*token|.*secret|password|private_key|pem|code)$/i;
const MAX_BYTES = 8 * 1024 * 1024;

/** The same value with every secret replaced by asterisks. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(redact);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        typeof item === 'string' && SECRET_KEYS.test(key)
          ? '***'
          : redact(item),
      ]),
    );
  }
  return value;
}

function parseJson(content: unknown): unknown {
  if (Buffer.isBuffer(content) || typeof content === 'string') {
    try {
      return JSON.parse(content.toString());
    } catch {
      return undefined;
    }
  }
  return content;
}

function readQuery(search: string): RecordedExchange['query'] {
  const query: RecordedExchange['query'] = {};
  const parameters = new URLSearchParams(search);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return redact(query) as RecordedExchange['query'];
}

/**
 * Records the calls that pass, in memory and, with `file`, as one JSON document a line.
 *
 * For tests: recorded calls are replayed through GitHub's own description of its API.
 */
export function createRecorder(options: { file?: string } = {}): Recorder {
  const recorded: RecordedExchange[] = [];

  const middleware: RequestHandler = (request, response, next) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: unknown) => {
      if (size > MAX_BYTES || typeof chunk === 'function') {
        return;
      }
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
        const buffer = Buffer.from(chunk as Uint8Array);
        size += buffer.length;
        chunks.push(buffer);
      }
    };
    const write = response.write.bind(response);
    const end = response.end.bind(response);
    response.write = ((...args: Parameters<typeof write>) => {
      keep(args[0]);
      return write(...args);
    }) as typeof response.write;
    response.end = ((...args: Parameters<typeof end>) => {
      keep(args[0]);
      return end(...args);
    }) as typeof response.end;
    // Routers change `url` while they pass a request on: the original is what was asked.
    const [path, search = ''] = request.originalUrl.split(/\?(.*)/s);

    response.on('finish', () => {
      const type = response.getHeader('content-type');
      const exchange: RecordedExchange = {
        method: request.method,
        path,
        query: readQuery(search),
        headers: {
          accept: request.headers.accept,
          contentType: request.headers['content-type'],
        },
        authenticated: request.headers.authorization !== undefined,
        body: redact(parseJson(request.body)),
        status: response.statusCode,
        responseType: typeof type === 'string' ? type : undefined,
        response: /\bjson\b/.test(String(type))
          ? redact(parseJson(Buffer.concat(chunks)))
          : undefined,
      };
      recorded.push(exchange);
      if (options.file) {
        appendFileSync(options.file, `${JSON.stringify(exchange)}\n`);
      }
    });
    next();
  };

  return {
    middleware,
    exchanges: () => [...recorded],
    clear: () => {
      recorded.length = 0;
    },
  };
}
