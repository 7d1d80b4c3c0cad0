import { EventsService } from '@backstage/plugin-events-node';
import { ForgeConnection } from '../forge/Forge';
import { attempt } from '../forge/forgeErrors';
import { DescribedBy } from './EntityWaiter';

const TOPIC = 'github.push';

/** The catalog file of a repository, as Backstage's GitHub discovery names it. */
export async function describedBy(options: {
  forge: ForgeConnection;
  /** Path of the file in the repository. */
  path: string;
  events: EventsService;
}): Promise<DescribedBy> {
  const { forge, path, events } = options;
  const { data: repository } = await attempt(
    `read the repository ${forge.owner}/${forge.name}`,
    () => forge.octokit.rest.repos.get(forge.at),
  );
  const branch = repository.default_branch;
  return {
    repositoryUrl: repository.html_url,
    fileUrl: `${repository.html_url}/blob/${branch}/${path}`,
    // What the forge's webhook would say of our own push, in its words, for installations that no webhook reaches.
    nudge: () =>
      events.publish({
        topic: TOPIC,
        metadata: { 'x-github-event': 'push' },
        eventPayload: {
          ref: `refs/heads/${branch}`,
          repository,
          organization: { login: forge.owner },
          commits: [{ added: [path], modified: [], removed: [] }],
        },
      }),
  };
}
