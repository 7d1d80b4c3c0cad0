/** What a page is after redirects have been followed. */
export interface Page {
  url: string;
  status: number;
  body: string;
}

/** The part of a browser that sign-in needs: cookies per origin, redirects, and posting a form. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, init: RequestInit = {}): Promise<Page> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.headers as Record<string, string>),
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const separator = pair.indexOf('=');
      jar.set(pair.slice(0, separator), pair.slice(separator + 1));
    }
    const location = response.headers.get('location');
    const body = await response.text();
    return location && response.status < 400
      ? this.open(new URL(location, url).href)
      : { url, status: response.status, body };
  }

  submit(page: Page, fields: Record<string, string>): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.body)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page.body)?.[1];
    if (!action || !prompt) {
      throw new Error(`No form on ${page.url}: ${page.body}`);
    }
    return this.open(new URL(action, page.url).href, {
      method: 'POST',
      body: new URLSearchParams({ prompt, ...fields }),
    });
  }
}
