import { html, Html } from './html';
import { layout } from './views/layout';

function propertyOf(error: unknown, name: 'status' | 'name' | 'message') {
  return typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;
}

const STATUS_BY_NAME: Record<string, number> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  ServiceUnavailableError: 503,
};

/** HTTP status of an error: GitHub's own, one of Backstage's errors by name, or 500. */
export function statusOf(error: unknown): number {
  const status = propertyOf(error, 'status');
  if (typeof status === 'number' && status >= 400 && status < 600) {
    return status;
  }
  return STATUS_BY_NAME[String(propertyOf(error, 'name'))] ?? 500;
}

/** Whether the error says that something does not exist. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** What a visitor may be told about an error. */
export function messageOf(error: unknown): string {
  if (statusOf(error) >= 500) {
    return 'Something went wrong in the forge. Its log has the details.';
  }
  const message = propertyOf(error, 'message');
  return typeof message === 'string' && message
    ? message
    : 'The request could not be answered.';
}

const TITLES: Record<number, string> = {
  400: 'This address or form is not right',
  403: 'Not allowed',
  404: 'Nothing here',
  409: 'Not possible now',
};

/** The page of a failed request. */
export function errorPage(error: unknown, path: string): Html {
  const status = statusOf(error);
  const [, owner, name] = path.split('/');
  const title =
    TITLES[status] ??
    (status < 500 ? 'The forge refused this' : 'The forge failed');
  const message = messageOf(error);
  return layout({
    title,
    body: html`<h1>${title}</h1>
      <p>${message === 'Not Found' ? 'There is no such page.' : message}</p>
      ${status === 404 &&
      html`<p>
          The address was <code>${path}</code>. It may name something that was
          renamed or deleted, or a part of GitHub that this forge does not have.
        </p>
        <ul>
          <li><a href="/">All repositories</a></li>
          ${owner && html`<li><a href="/${owner}">${owner}</a></li>`}
          ${owner &&
          name &&
          html`<li><a href="/${owner}/${name}">${owner}/${name}</a></li>`}
        </ul>`}`,
  });
}
