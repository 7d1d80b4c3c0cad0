type Json = Record<string, unknown>;

const KINDS = new Set<unknown>(['User', 'Organization', 'Bot']);

/**
 * Adds to every user and owner in an answer the links that GitHub gives and the
 * emulator leaves out.
 */
export function completeUsers(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(completeUsers);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    completeUsers(item),
  ]);
  const object: Json = Object.fromEntries(entries);
  return isUser(object) ? { ...linksOf(object), ...object } : object;
}

function isUser(object: Json): object is Json & { url: string } {
  return (
    typeof object.login === 'string' &&
    typeof object.url === 'string' &&
    KINDS.has(object.type)
  );
}

function linksOf({ url }: { url: string }): Json {
  return {
    gravatar_id: '',
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
  };
}
