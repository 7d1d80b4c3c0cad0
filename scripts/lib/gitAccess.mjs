/**
 * Environment in which Git reaches the forge as the portal. The token is in no
 * argument, where every user of the machine could read it, and in no remote's
 * URL, which Git would keep.
 *
 * @param {string} forgeUrl
 * @param {string} token
 */
export function gitEnvironment(forgeUrl, token) {
  const credentials = Buffer.from(`waymark-portal:${token}`).toString('base64');
  return {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL('/', forgeUrl).href}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
  };
}
