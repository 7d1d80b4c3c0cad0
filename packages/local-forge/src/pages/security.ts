import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RequestHandler, Request, Response } from 'express';
import { NotAllowedError } from '@backstage/errors';

const COOKIE = 'waymark_forge_form';

/** No script at all, nothing from elsewhere, no frame around the pages. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The policy of raw files: even an image with scripts in it stays inert. */
export const RAW_CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** Headers of every page. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  });
  next();
};

function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) {
      return value.join('=');
    }
  }
  return undefined;
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Keeps other sites from posting forms in the name of a visitor: the origin must be the forge's own, and
 * a token in the form must equal the one in a SameSite=Strict cookie that only this process can have made.
 */
export class FormGuard {
  readonly #key = randomBytes(32);

  /** The token to put into a form of this response; sets the cookie where it is missing. */
  token(request: Request, response: Response): string {
    const present = readCookie(request, COOKIE);
    if (present && this.#isOwn(present)) {
      return present;
    }
    // A page with several forms sets one cookie, or only the last form could be sent.
    const locals: { formToken?: string } = response.locals;
    locals.formToken ??= this.#issue(response);
    return locals.formToken;
  }

  #issue(response: Response): string {
    const value = randomBytes(24).toString('base64url');
    const token = `${value}.${this.#sign(value)}`;
    response.cookie(COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
    });
    return token;
  }

  /** Throws `NotAllowedError` unless the request is a form of ours. */
  check(request: Request) {
    const origin = request.headers.origin ?? request.headers.referer;
    let host: string | undefined;
    try {
      host = new URL(origin ?? '').host;
    } catch {
      host = undefined;
    }
    if (!host || host !== request.headers.host) {
      throw new NotAllowedError(
        'This form was not sent from a page of the forge, so nothing was changed',
      );
    }
    const cookie = readCookie(request, COOKIE);
    const field = (request.body as { formToken?: unknown } | undefined)
      ?.formToken;
    if (
      !cookie ||
      typeof field !== 'string' ||
      !equal(cookie, field) ||
      !this.#isOwn(cookie)
    ) {
      throw new NotAllowedError(
        'This form is out of date, so nothing was changed: go back, reload the page and send it again',
      );
    }
  }

  #sign(value: string): string {
    return createHmac('sha256', this.#key).update(value).digest('base64url');
  }

  #isOwn(token: string): boolean {
    const [value, signature] = token.split('.');
    return equal(signature ?? '', this.#sign(value));
  }
}
