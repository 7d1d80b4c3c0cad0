import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Options of the Operate card. */
export interface OperateConfig {
  /** Address of the Slack workspace, such as `https://acme.slack.com`; without it channels are shown, not linked. */
  slackWorkspaceUrl?: string;
}

/** @throws InputError when `operate.slack.workspaceUrl` is not an https URL. */
export function readOperateConfig(config: Config): OperateConfig {
  const key = 'operate.slack.workspaceUrl';
  const slackWorkspaceUrl = config.getOptionalString(key);
  if (
    slackWorkspaceUrl !== undefined &&
    (!URL.canParse(slackWorkspaceUrl) ||
      new URL(slackWorkspaceUrl).protocol !== 'https:')
  ) {
    throw new InputError(
      `${key} must be an https URL such as https://acme.slack.com, but is "${slackWorkspaceUrl}"`,
    );
  }
  return { slackWorkspaceUrl };
}
