import { Config } from '@backstage/config';
import { CommitAuthor } from './actions/publish';
import { WebhookTarget } from './actions/webhook';

/** What golden paths need to know of the installation; all of it from keys that Backstage defines. */
export interface GoldenPathsConfig {
  /** Address of the portal's pages. */
  portalUrl: string;
  author: CommitAuthor;
  /** Absent without a secret to check signatures with. */
  webhook?: WebhookTarget;
  /** Where services are created; absent when `scaffolder.defaultEnvironment.parameters` does not say. */
  organisation?: { host: string; owner: string };
}

export function readGoldenPathsConfig(config: Config): GoldenPathsConfig {
  const portalUrl = config.getString('app.baseUrl');
  const secret = config.getOptionalString(
    'events.modules.github.webhookSecret',
  );
  const parameters = 'scaffolder.defaultEnvironment.parameters';
  const host = config.getOptionalString(`${parameters}.forgeHost`);
  const owner = config.getOptionalString(`${parameters}.forgeOrg`);
  return {
    portalUrl,
    author: {
      name:
        config.getOptionalString('scaffolder.defaultAuthor.name') ?? 'Waymark',
      email:
        config.getOptionalString('scaffolder.defaultAuthor.email') ??
        `waymark@${new URL(portalUrl).hostname}`,
    },
    webhook: secret
      ? {
          secret,
          url: `${config
            .getString('backend.baseUrl')
            .replace(/\/$/, '')}/api/events/http/github`,
        }
      : undefined,
    organisation: host && owner ? { host, owner } : undefined,
  };
}
