import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { OperateLink } from '@waymark/operate-common';
import {
  ANNOTATION_DASHBOARD,
  ANNOTATION_SLACK_CHANNEL,
} from '@waymark/waymark-common';
import { OperateConfig } from '../config';
import { resolveReference } from '../sources/resolveReference';
import { PartResult, found, missing } from './part';

/** Dashboards: the annotation's, then the entity's links of type `dashboard`. */
export async function readDashboards(options: {
  entity: Entity;
  integrations: ScmIntegrationRegistry;
}): Promise<PartResult<OperateLink[]>> {
  const { entity, integrations } = options;
  const reference = resolveReference(
    entity,
    ANNOTATION_DASHBOARD,
    integrations,
  );
  const dashboards = [
    ...(reference ? [{ title: reference.title, url: reference.url }] : []),
    ...(entity.metadata.links ?? [])
      .filter(link => link.type === 'dashboard' && isWebUrl(link.url))
      .map(link => ({ title: link.title ?? link.url, url: link.url })),
  ];
  return dashboards.length > 0
    ? found(dashboards)
    : missing(
        'dashboards',
        'No dashboard is linked.',
        `Add the annotation ${ANNOTATION_DASHBOARD}, or a link of type "dashboard", to catalog-info.yaml.`,
      );
}

/** The Slack channel: the entity's own, else its owners'. */
export async function readSlack(options: {
  entity: Entity;
  owners: Entity[];
  config: OperateConfig;
}): Promise<
  PartResult<{ channel: string; url?: string; inheritedFrom?: Entity }>
> {
  const { entity, owners, config } = options;
  const holder = [entity, ...owners].find(
    candidate => candidate.metadata.annotations?.[ANNOTATION_SLACK_CHANNEL],
  );
  const channel = holder?.metadata.annotations?.[ANNOTATION_SLACK_CHANNEL];
  if (!channel) {
    return missing(
      'slack',
      'No Slack channel is named.',
      `Add the annotation ${ANNOTATION_SLACK_CHANNEL}, such as "#checkout", to catalog-info.yaml.`,
    );
  }
  if (!/^#[\p{Ll}\p{Lo}\d_-]{1,80}$/u.test(channel)) {
    throw new InputError(
      `${ANNOTATION_SLACK_CHANNEL}: "${channel}" is not a channel name such as "#checkout"`,
    );
  }
  const query = new URLSearchParams({ channel: channel.slice(1) });
  return found({
    channel,
    url:
      config.slackWorkspaceUrl &&
      new URL(`/app_redirect?${query}`, config.slackWorkspaceUrl).href,
    inheritedFrom: holder === entity ? undefined : holder,
  });
}

function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
