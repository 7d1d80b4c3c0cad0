import { NotFoundError } from '@backstage/errors';
import { ForgeConnection } from './Forge';
import { attempt, unlessMissing } from './forgeErrors';

/**
 * Numbers of teams of the owner organisation, in the order of their slugs.
 *
 * @param field - of the input that names them, for the error
 * @throws NotFoundError for the first team that is not there
 */
export async function teamIds(
  forge: ForgeConnection,
  slugs: readonly string[],
  field: string,
): Promise<number[]> {
  const ids: number[] = [];
  for (const slug of slugs) {
    const team = await attempt(`read the team ${forge.owner}/${slug}`, () =>
      unlessMissing(
        forge.octokit.rest.teams.getByName({
          org: forge.owner,
          team_slug: slug,
        }),
      ),
    );
    if (!team) {
      throw new NotFoundError(`${field}: ${forge.owner} has no team "${slug}"`);
    }
    ids.push(team.data.id);
  }
  return ids;
}
