import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gitEnvironment } from './gitAccess.mjs';

const run = promisify(execFile);

/** The portal's API as one of the personas, for tests that need no browser. */
export async function signInByApi(url, login) {
  const answer = await fetch(`${url}/api/auth/personas/refresh`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-requested-with': 'XMLHttpRequest',
      origin: url,
    },
    body: JSON.stringify({ login }),
  });
  if (!answer.ok) {
    throw new Error(`${login} was not signed in: ${await answer.text()}`);
  }
  const { token } = (await answer.json()).backstageIdentity;
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${path}: ${response.status} ${await response.text()}`,
      );
    }
    return response.status === 204 ? undefined : response.json();
  };
}

/** Tries until `work` returns something, or rethrows what it last threw. */
export async function eventually(work, seconds) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      const result = await work();
      if (result !== undefined && result !== false) return result;
      if (performance.now() > deadline) {
        throw new Error(`It did not happen within ${seconds} s`);
      }
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Every reference of every repository of the forge, by repository. */
export async function forgeReferences(forgeUrl, token) {
  const headers = { authorization: `token ${token}` };
  const env = gitEnvironment(forgeUrl, token);
  const answer = await fetch(`${forgeUrl}/orgs/acme/repos?per_page=100`, {
    headers,
  });
  const references = {};
  for (const { full_name: name } of await answer.json()) {
    const remote = new URL(`/${name}.git`, forgeUrl).href;
    const { stdout } = await run('git', ['ls-remote', remote], { env });
    references[name] = stdout.trim();
  }
  return references;
}
