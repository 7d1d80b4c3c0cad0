import { isLoopback } from '../hosts';
import { ProductionCheck, ProductionFinding } from '../types';

/** The address is one that browsers reach over TLS, and every request is authenticated and authorised. */
export const checkNetwork: ProductionCheck = config => {
  const findings: ProductionFinding[] = [];
  for (const key of ['app.baseUrl', 'backend.baseUrl']) {
    const url = config.getOptionalString(key);
    if (!url || isLoopback(url)) {
      findings.push({
        key,
        problem: url
          ? `is ${url}, which only this machine reaches`
          : 'is not set',
        remedy: 'set WAYMARK_URL to the https address that browsers use',
      });
    } else if (!url.startsWith('https://')) {
      findings.push({
        key,
        problem: `is ${url}: cookies and tokens would travel unencrypted`,
        remedy:
          'set WAYMARK_URL to the https address that browsers use (TLS may end at a proxy in front)',
      });
    }
  }
  if (config.getOptional('permission.enabled') !== true) {
    findings.push({
      key: 'permission.enabled',
      problem: 'is not true: everybody could do everything',
      remedy: 'set it to true',
    });
  }
  if (
    config.getOptionalBoolean(
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    )
  ) {
    findings.push({
      key: 'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      problem: 'is true: requests would not be authenticated',
      remedy: 'remove it',
    });
  }
  // The signed route for `github` opens by itself; a topic in this list gets one that believes everybody.
  for (const topic of config.getOptionalStringArray('events.http.topics') ??
    []) {
    if (/^github(\.|$)/i.test(topic)) {
      findings.push({
        key: 'events.http.topics',
        problem: `lists '${topic}', which takes events without a signature`,
        remedy: `remove it; the webhook secret opens the signed route`,
      });
    }
  }
  return findings;
};
