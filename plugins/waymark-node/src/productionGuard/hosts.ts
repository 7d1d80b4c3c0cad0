const LOOPBACK_NAMES =
  /^(localhost|.*\.localhost|ip6-localhost|0\.0\.0\.0|127(\.\d{1,3}){3}|\[?::1?\]?|\[?::ffff:(127\.|7f00:).*)$/i;

/** The host name in a URL or in a `host[:port]`; undefined when neither can be read from it. */
export function hostNameOf(value: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
    ? value
    : `https://${value}`;
  // A dot at the end names the same host, from the root of the name system.
  return URL.canParse(url)
    ? new URL(url).hostname.replace(/\.+$/, '')
    : undefined;
}

/**
 * True for every spelling of "this very machine". A host that cannot be read counts as loopback, because a value that
 * cannot be judged must not pass.
 */
export function isLoopback(value: string): boolean {
  const hostName = hostNameOf(value);
  return (
    hostName === undefined || hostName === '' || LOOPBACK_NAMES.test(hostName)
  );
}
