import { weaknessOfSecret } from '../secretStrength';
import { ProductionCheck, ProductionFinding } from '../types';

const GENERATE = 'the output of `openssl rand -base64 48`';

/** Every secret is there, is long, and is nobody's default. */
export const checkSecrets: ProductionCheck = config => {
  const findings: ProductionFinding[] = [];
  const judge = (key: string, value: string | undefined, remedy: string) => {
    const weakness = weaknessOfSecret(value);
    if (weakness) {
      findings.push({ key, problem: weakness, remedy });
    }
  };

  judge(
    'auth.session.secret',
    config.getOptionalString('auth.session.secret'),
    `set WAYMARK_BACKEND_SECRET to ${GENERATE}`,
  );

  const appSecrets = (
    config.getOptionalConfigArray('integrations.github') ?? []
  )
    .flatMap(github => github.getOptionalConfigArray('apps') ?? [])
    .map(app => app.getOptionalString('webhookSecret'))
    .filter(secret => secret !== undefined);
  const webhookSecret = config.getOptionalString(
    'events.modules.github.webhookSecret',
  );
  if (webhookSecret !== undefined || appSecrets.length === 0) {
    judge(
      'events.modules.github.webhookSecret',
      webhookSecret,
      `set WAYMARK_WEBHOOK_SECRET to ${GENERATE}, and the same in the webhook on GitHub`,
    );
  }
  for (const secret of appSecrets) {
    judge(
      'integrations.github[].apps[].webhookSecret',
      secret,
      `set GITHUB_APP_WEBHOOK_SECRET to ${GENERATE}, and the same in the GitHub App`,
    );
  }

  for (const [index, entry] of (
    config.getOptionalConfigArray('backend.auth.keys') ?? []
  ).entries()) {
    judge(
      `backend.auth.keys[${index}].secret`,
      entry.getOptionalString('secret'),
      `remove it (Backstage has replaced it by backend.auth.externalAccess), or use ${GENERATE}`,
    );
  }
  for (const [index, entry] of (
    config.getOptionalConfigArray('backend.auth.externalAccess') ?? []
  ).entries()) {
    const name = { static: 'token', legacy: 'secret' }[entry.getString('type')];
    if (name) {
      judge(
        `backend.auth.externalAccess[${index}].options.${name}`,
        entry.getOptionalString(`options.${name}`),
        `use ${GENERATE}`,
      );
    }
  }
  return findings;
};
